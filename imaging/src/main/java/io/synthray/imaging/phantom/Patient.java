package io.synthray.imaging.phantom;

import io.synthray.imaging.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A thorax with its findings.
 *
 * @param thorax the anatomy, changed where findings change it
 * @param lesions what findings add to the rays
 */
record Patient(Thorax thorax, List<Body> lesions) implements Body {

    static Patient of(Thorax healthy, List<LateralFinding> findings, CounterRandom random) {
        Thorax thorax = healthy;
        for (LateralFinding found : findings) {
            if (found.finding() == Finding.CARDIOMEGALY) {
                thorax = thorax.withHeart(thorax.heart().enlarged(random.uniform(1.32, 1.55)));
            } else if (found.finding() == Finding.ATELECTASIS) {
                thorax = thorax.withLung(Atelectasis.raised(thorax.lung(found.side()), random));
            }
        }
        List<Body> lesions = new ArrayList<>();
        for (LateralFinding found : findings) {
            Lung lung = thorax.lung(found.side());
            switch (found.finding()) {
                case PNEUMOTHORAX -> lesions.add(Pneumothorax.draw(lung, random));
                case PLEURAL_EFFUSION -> lesions.add(Effusion.draw(thorax, found.side(), random));
                case CONSOLIDATION -> lesions.add(new Consolidation(thorax, found.side(), random));
                case CARDIOMEGALY -> {} // Its heart is part of the thorax.
                case EDEMA -> lesions.add(new Edema(thorax, random));
                case ATELECTASIS -> lesions.add(new Atelectasis(thorax, found.side(), random));
                case NODULE -> lesions.add(Nodule.draw(lung, random));
                case FRACTURE -> lesions.add(Fracture.draw(thorax.ribs(), found.side(), random));
                case TUBE -> lesions.add(new ChestTube(lung, random));
            }
        }
        return new Patient(thorax, List.copyOf(lesions));
    }

    @Override
    public double attenuation(double x, double y) {
        double sum = thorax.attenuation(x, y);
        if (sum == 0) {
            return 0;
        }
        for (Body lesion : lesions) {
            sum += lesion.attenuation(x, y);
        }
        return Math.max(0, sum);
    }
}
