/**
 * The stages of the runtime and what they say to each other: the message schema, the streams, the agents that do the work and the
 * actors that own them. The only room that knows both the domain and the streams.
 */
package dev.continuo.actors;
