package dev.continuo.policy;

/** Turns noise into a chunk. */
interface Sampler {

    /**
     * Takes all steps of the schedule, from noise to a normalised chunk.
     *
     * @param observation d values, mean-pooled hidden state of the prompt
     * @param reasoning   d values, mean-pooled hidden state of the reasoning; not looked at, and perhaps null, where the expert hears none
     * @param state       S values, normalised
     * @param sample      H x A values of noise, row by row; becomes the chunk
     */
    void denoise(float[] observation, float[] reasoning, float[] state, float[] sample);
}
