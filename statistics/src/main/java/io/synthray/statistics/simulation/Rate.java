package io.synthray.statistics.simulation;

/**
 * How often something happened.
 *
 * @param what it is
 * @param events how often
 * @param studies out of how many
 * @param promised whether the method promises a rate of at most alpha; false for those shown to be wrong
 */
public record Rate(String what, int events, int studies, boolean promised) {
    private static final double DEVIATIONS = 3;

    /** Share of the studies. */
    public double share() {
        return (double) events / studies;
    }

    /** Whether the share is at most alpha plus three standard errors of a share of alpha. */
    public boolean within(double alpha) {
        return share() <= alpha + DEVIATIONS * Math.sqrt(alpha * (1 - alpha) / studies);
    }
}
