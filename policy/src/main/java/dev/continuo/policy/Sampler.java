package dev.continuo.policy;

/** Turns noise into chunks. */
interface Sampler {

    /**
     * Takes all steps of the schedule, from noise to normalised chunks.
     *
     * @param observation d values, mean-pooled hidden state of the prompt
     * @param reasoning   d values, mean-pooled hidden state of the reasoning; not looked at, and perhaps null, where the expert hears none
     * @param state       S values, normalised
     * @param samples     each H x A values of noise, row by row; each becomes a chunk
     * @param count       how many of them, from the first
     * @param guide       what they are drawn towards
     */
    void denoise(float[] observation, float[] reasoning, float[] state, float[][] samples, int count, Guide guide);
}
