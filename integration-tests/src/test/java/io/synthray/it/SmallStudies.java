package io.synthray.it;

import io.synthray.producer.plan.PlannedStudy;
import io.synthray.producer.plan.Planner;
import io.synthray.producer.study.StudyFile;
import java.nio.file.Path;

/** Studies that are over within a minute on two cores. */
final class SmallStudies {
    private SmallStudies() {}

    /** Image sets for each repeat and a shared one, on the phantom. */
    static PlannedStudy phantom() {
        return plan(
                """
                study: whole
                seed: 11
                dataset: {kind: phantom, side: 64, seed: 3, train: 40, test: 10}
                task: segmentation
                targets: [left-lung, right-lung, heart]
                real-images: 4
                repeats: 2
                model: {network: unet, width: 8, depth: 2, steps: 100, batch-size: 8, learning-rate: 0.005, steps-per-epoch: 25}
                arms:
                  - name: real-only
                  - {name: real+augmentation, augmentation: standard}
                  - name: real+synthetic
                    synthetic:
                      images: 20
                      image-sets: per-repeat
                      text-guidance: 2
                      mask-guidance: 1.5
                      masks: {rotation: 8, scale: 0.1, translation: 0.05, shear: 4, flip: true}
                  - name: real+prompted
                    synthetic:
                      images: 20
                      image-sets: shared
                      text-guidance: 2
                      prompts:
                        - {text: frontal chest radiograph no finding}
                        - {text: frontal chest radiograph cardiomegaly}
                      masks: {rotation: 4}
                comparisons:
                  - {arm: real+synthetic, reference: real-only}
                  - {arm: real+synthetic, reference: real+augmentation}
                  - {arm: real+prompted, reference: real-only, target: heart}
                """);
    }

    /** A single generation request. */
    static PlannedStudy oneImage() {
        return plan(
                """
                study: deadly
                seed: 13
                dataset: {kind: phantom, side: 64, seed: 3, train: 20, test: 10}
                task: segmentation
                targets: [heart]
                real-images: 4
                repeats: 2
                model: {network: unet, width: 8, depth: 2, steps: 10, batch-size: 4, learning-rate: 0.005}
                arms:
                  - name: real-only
                  - name: real+synthetic
                    synthetic: {images: 1, image-sets: shared, text-guidance: 2, masks: {rotation: 4}}
                comparisons:
                  - {arm: real+synthetic, reference: real-only}
                """);
    }

    /** Lungs and heart of real radiographs. */
    static String radiographs(Path folder) {
        return """
                study: radiographs
                seed: 12
                dataset: {kind: folder, path: '%s', side: 64, test-limit: 12}
                task: segmentation
                targets: [left-lung, right-lung, heart]
                real-images: 6
                repeats: 2
                model: {network: unet, width: 8, depth: 3, steps: 120, batch-size: 8, learning-rate: 0.01, steps-per-epoch: 30}
                arms:
                  - name: real-only
                  - {name: real+augmentation, augmentation: standard}
                  - name: real+synthetic
                    synthetic:
                      images: 8
                      text-guidance: 2
                      mask-guidance: 1.5
                      masks: {rotation: 8, scale: 0.1, translation: 0.05, shear: 4}
                comparisons:
                  - {arm: real+synthetic, reference: real-only}
                  - {arm: real+synthetic, reference: real+augmentation}
                """
                .formatted(folder);
    }

    private static PlannedStudy plan(String yaml) {
        return new Planner()
                .plan(StudyFile.parse(yaml, "small study", Path.of("").toAbsolutePath()));
    }
}
