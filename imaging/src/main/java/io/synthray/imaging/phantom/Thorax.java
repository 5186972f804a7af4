package io.synthray.imaging.phantom;

import static io.synthray.imaging.phantom.Shapes.chord;
import static io.synthray.imaging.phantom.Shapes.square;

import io.synthray.imaging.random.CounterRandom;

/** One patient's anatomy. */
record Thorax(
        Torso torso,
        Lung leftLung,
        Lung rightLung,
        Heart heart,
        Mediastinum mediastinum,
        Ribs ribs,
        Clavicle leftClavicle,
        Clavicle rightClavicle,
        Vessels vessels,
        double stomachBubble)
        implements Body {

    static Thorax draw(CounterRandom random) {
        double top = random.uniform(-0.87, -0.76);
        double collar = random.uniform(-0.64, -0.54);
        Lung left = Lung.draw(Side.LEFT, top, random);
        return new Thorax(
                Torso.draw(random),
                left,
                Lung.draw(Side.RIGHT, top, random),
                Heart.draw(random),
                Mediastinum.draw(random),
                Ribs.draw(random, left.outer()),
                Clavicle.draw(Side.LEFT, collar, random),
                Clavicle.draw(Side.RIGHT, collar, random),
                new Vessels(random),
                random.chance(0.6) ? random.uniform(0.05, 0.12) : 0);
    }

    Lung lung(Side side) {
        return side == Side.LEFT ? leftLung : rightLung;
    }

    Thorax withHeart(Heart newHeart) {
        return new Thorax(
                torso,
                leftLung,
                rightLung,
                newHeart,
                mediastinum,
                ribs,
                leftClavicle,
                rightClavicle,
                vessels,
                stomachBubble);
    }

    Thorax withLung(Lung lung) {
        boolean left = lung.side() == Side.LEFT;
        return new Thorax(
                torso,
                left ? lung : leftLung,
                left ? rightLung : lung,
                heart,
                mediastinum,
                ribs,
                leftClavicle,
                rightClavicle,
                vessels,
                stomachBubble);
    }

    /** Air of the lung on the ray, 0 to 1: what findings in the lung can replace. */
    double air(double x, double y) {
        Lung lung = x < 0 ? rightLung : leftLung;
        return lung.thickness(x, y) * (1 - heart.displaced(x, y));
    }

    @Override
    public double attenuation(double x, double y) {
        double soft = torso.attenuation(x, y);
        if (soft <= 0) {
            return 0;
        }
        double air = air(x, y);
        double bubble = stomachBubble == 0
                ? 0
                : -0.7 * chord((square(x - 0.38) + 1.6 * square(y - leftLung.dome() - 0.16)) / square(stomachBubble));
        return soft
                - Lung.AIR * air * Math.min(1, 0.5 * soft)
                + (air == 0 ? 0 : air * vessels.attenuation(x, y))
                + mediastinum.attenuation(x, y) * Math.min(1, soft)
                + ribs.attenuation(x, y)
                + leftClavicle.attenuation(x, y)
                + rightClavicle.attenuation(x, y)
                + bubble;
    }
}
