package io.synthray.imaging.transform;

import io.synthray.imaging.random.CounterRandom;
import java.util.List;

/** What a parameter is drawn from. Numbers are finite. */
public sealed interface Distribution {
    /** The number 0. */
    Distribution NONE = new Uniform(0, 0);

    /** A draw; takes as many words of the sequence whatever comes out. */
    double draw(CounterRandom random);

    /** Uniform in plus or minus a range. */
    static Distribution within(double range) {
        return new Uniform(-range, range);
    }

    /** One number only. */
    static Distribution fixed(double value) {
        return new Choice(List.of(value));
    }

    /**
     * Uniform; takes 32 bits.
     *
     * @param low at most {@code high}
     */
    record Uniform(double low, double high) implements Distribution {
        /** @throws IllegalArgumentException if the numbers are not finite and in order */
        public Uniform {
            if (!(low <= high) || !Double.isFinite(low) || !Double.isFinite(high)) {
                throw new IllegalArgumentException("uniform: expected low <= high, found " + low + " and " + high);
            }
        }

        @Override
        public double draw(CounterRandom random) {
            return random.uniform(low, high);
        }
    }

    /**
     * Normal; takes 64 bits.
     *
     * @param sd standard deviation, 0 or more
     */
    record Normal(double mean, double sd) implements Distribution {
        /** @throws IllegalArgumentException if the numbers are not finite, or the deviation is negative */
        public Normal {
            if (!Double.isFinite(mean) || !Double.isFinite(sd) || sd < 0) {
                throw new IllegalArgumentException("normal: expected a mean and sd >= 0, found " + mean + " and " + sd);
            }
        }

        @Override
        public double draw(CounterRandom random) {
            return mean + sd * random.nextNormal();
        }
    }

    /**
     * Each number as likely as the others; takes 32 bits.
     *
     * @param values one or more
     */
    record Choice(List<Double> values) implements Distribution {
        /** @throws IllegalArgumentException if there is none, or one is not finite */
        public Choice {
            values = List.copyOf(values);
            if (values.isEmpty() || !values.stream().allMatch(Double::isFinite)) {
                throw new IllegalArgumentException("choice: expected finite numbers, found " + values);
            }
        }

        @Override
        public double draw(CounterRandom random) {
            return values.get(random.nextInt(values.size()));
        }
    }
}
