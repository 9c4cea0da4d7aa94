/** The way of a picture to the first command that came of it, as a trace for OpenTelemetry. */
package dev.continuo.supervision.trace;
