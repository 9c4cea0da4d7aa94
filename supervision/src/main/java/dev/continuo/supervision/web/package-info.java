/**
 * The service over HTTP: how it stands, its metrics, and what an operator may ask of it.
 *
 * <p>All of it runs on the actor system's threads of the role {@code control}; nothing here is on the control path, and nothing on the control path waits for it.
 */
package dev.continuo.supervision.web;
