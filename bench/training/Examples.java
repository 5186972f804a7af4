import io.synthray.event.TrialRequest;
import io.synthray.producer.plan.PlannedTrial;
import io.synthray.producer.study.StudyFile;
import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.RealImages;
import io.synthray.trainer.data.TestCase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes a study's train and test images and targets, as the trainer reads them, for another program: 32-bit floats, little-endian. */
final class Examples {
    private Examples() {}

    /** Arguments: study file, folder. */
    public static void main(String[] args) throws IOException {
        TrialRequest trial = PlannedTrial.of(StudyFile.read(Path.of(args[0])), Optional.empty(), 1, Optional.empty());
        Path folder = Files.createDirectories(Path.of(args[1]));
        try (RealImages real = RealImages.of(trial, Optional.empty())) {
            write(folder, "train", real.train());
            write(folder, "test", real.test().stream().map(TestCase::example).toList());
        }
    }

    private static void write(Path folder, String name, List<Example> examples) throws IOException {
        Example any = examples.get(0);
        int values = any.planes().length == 0 ? any.labels().length : any.planes().length * any.image().length;
        ByteBuffer images = floats(examples.size() * any.image().length);
        ByteBuffer targets = floats(examples.size() * values);
        for (Example example : examples) {
            put(images, example.image());
            for (float[] plane : example.planes()) {
                put(targets, plane);
            }
            put(targets, example.labels());
        }
        Files.write(folder.resolve(name + "-images.f32"), images.array());
        Files.write(folder.resolve(name + "-targets.f32"), targets.array());
    }

    private static ByteBuffer floats(int count) {
        return ByteBuffer.allocate(Math.multiplyExact(count, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void put(ByteBuffer buffer, float[] values) {
        for (float value : values) {
            buffer.putFloat(value);
        }
    }
}
