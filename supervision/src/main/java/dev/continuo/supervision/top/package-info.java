/** A running service on a terminal: what comes over HTTP, and how it is drawn. */
package dev.continuo.supervision.top;
