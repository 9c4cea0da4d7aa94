/**
 * Pictures of the cell as its top camera sees it: a z-buffered triangle rasteriser with 2×2 supersampling, no native libraries, the
 * same bytes for the same seed on every machine.
 */
package dev.continuo.simulation.render;
