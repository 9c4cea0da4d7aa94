/** Sensors beside cameras. A kind of sensor is found with {@link java.util.ServiceLoader}, so that one can be added by a jar of its own. */
package dev.continuo.perception.sensor;
