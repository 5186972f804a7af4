package io.synthray.imaging.phantom;

import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.mask.Structures;
import io.synthray.imaging.random.CounterRandom;
import java.util.Map;

/**
 * Projects a patient on a detector. Rays are parallel; a pixel gathers the radiation of several, I = mean exp(-dose * a), and is
 * shown as a radiograph is: (1 - I)^contrast, bright where little arrived. Masks are decided at the pixel's centre.
 */
record Renderer(Patient patient, Exposure exposure, int side) {

    /** Rays are at most this far apart (in half sides), so that thin lines do not vanish in small images. */
    private static final double RAYS_ACROSS = 190;

    private static final int TEXTURE_NODES = 24;
    private static final double SCATTER = 0.035;

    GreyImage image(CounterRandom random) {
        int rays = Math.max(1, (int) Math.ceil(RAYS_ACROSS / side));
        Texture texture = new Texture(random, TEXTURE_NODES);
        float[] pixels = new float[side * side];
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                double sum = 0;
                for (int i = 0; i < rays * rays; i++) {
                    double u = place(column + (i % rays + 0.5) / rays);
                    double v = place(row + (i / rays + 0.5) / rays);
                    double x = exposure.bodyX(u, v);
                    double y = exposure.bodyY(u, v);
                    double a = patient.attenuation(x, y);
                    sum += a == 0 ? 1 : StrictMath.exp(-exposure.dose() * a * (1 + SCATTER * texture.at(u, v)));
                }
                double level = StrictMath.pow(1 - sum / (rays * rays), exposure.contrast());
                pixels[row * side + column] = (float) (level + exposure.noise() * random.nextNormal());
            }
        }
        return GreyImage.of(side, side, pixels);
    }

    Mask mask() {
        Thorax thorax = patient.thorax();
        Heart heart = thorax.heart();
        return Mask.of(
                side,
                side,
                Map.of(
                        Structures.LEFT_LUNG,
                        plane((x, y) -> thorax.leftLung().contains(x, y) && !heart.contains(x, y)),
                        Structures.RIGHT_LUNG,
                        plane((x, y) -> thorax.rightLung().contains(x, y) && !heart.contains(x, y)),
                        Structures.HEART,
                        plane(heart::contains),
                        Structures.LEFT_CLAVICLE,
                        plane(thorax.leftClavicle()::contains),
                        Structures.RIGHT_CLAVICLE,
                        plane(thorax.rightClavicle()::contains),
                        Structures.PNEUMOTHORAX,
                        lesions(Structures.PNEUMOTHORAX),
                        Structures.RIB_FRACTURE,
                        lesions(Structures.RIB_FRACTURE),
                        Structures.CHEST_TUBE,
                        lesions(Structures.CHEST_TUBE)));
    }

    private Plane lesions(String structure) {
        return plane((x, y) -> patient.lesions().stream()
                .anyMatch(body -> body instanceof Lesion lesion
                        && lesion.structure().equals(structure)
                        && lesion.contains(x, y)));
    }

    private interface Region {
        boolean contains(double x, double y);
    }

    private Plane plane(Region region) {
        return Plane.of(side, side, (column, row) -> {
            double u = place(column + 0.5);
            double v = place(row + 0.5);
            return region.contains(exposure.bodyX(u, v), exposure.bodyY(u, v));
        });
    }

    private double place(double pixels) {
        return 2 * pixels / side - 1;
    }
}
