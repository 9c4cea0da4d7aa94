/**
 * The typed actors that own the agents: each starts one agent, watches it, restarts it under its supervision strategy and answers for
 * its health. Frames, states and chunks never pass through here.
 *
 * <p>What the guardian needs to know: a camera, reasoning or action actor looks after itself until its restarts are used up, and then
 * stops with a failure. An {@link dev.continuo.actors.actor.ArmActor} does so too, but also tells the guardian at once, which must
 * tell every arm to stop.
 */
package dev.continuo.actors.actor;
