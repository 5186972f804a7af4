package io.synthray.trainer.trial;

/**
 * What a training has used so far, by all workers that had a part in it. What a worker used between the last state that it kept and its end, if it was killed, nobody
 * knows; it is in no sum.
 *
 * @param seconds wall-clock seconds of the steps, pauses included
 * @param waited seconds of them in which the network waited for batches
 * @param cpu seconds of processors, all threads, from the making of the network on; NaN where a system does not tell
 * @param gpu wall-clock seconds in which the GPU was held for training and test, whether it was busy or not; NaN where there was none
 */
record Spent(double seconds, double waited, double cpu, double gpu) {
    /** Before the first step of the first worker. */
    static final Spent NOTHING = new Spent(0, 0, 0, 0);

    /** The sum; what is not known of one part is not known of it. */
    Spent plus(Spent more) {
        return new Spent(seconds + more.seconds, waited + more.waited, cpu + more.cpu, gpu + more.gpu);
    }
}
