/** The brain's computations once more, from recorded inputs: a regression test for models. */
package dev.continuo.recording.replay;
