/** The simulated cell's camera as a network camera: JPEG pictures over HTTP, with faults that can be switched on. */
package dev.continuo.simulation.camera;
