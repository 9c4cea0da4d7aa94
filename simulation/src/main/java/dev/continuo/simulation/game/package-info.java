/** Games that the simulated cell plays by itself: scene after scene, seen through the camera and judged. */
package dev.continuo.simulation.game;
