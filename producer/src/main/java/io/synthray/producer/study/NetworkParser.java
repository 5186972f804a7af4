package io.synthray.producer.study;

import io.synthray.event.Network;
import io.synthray.event.Script;
import io.synthray.event.Task;
import io.synthray.producer.yaml.Field;
import io.synthray.producer.yaml.Section;
import java.nio.file.Path;
import java.util.List;

/** Reads which network is trained. */
final class NetworkParser {
    private static final String SEED = "seed";
    private static final String FILE = "file";

    private final Task task;
    private final Path directory;

    /** @param directory where a relative path starts */
    NetworkParser(Task task, Path directory) {
        this.task = task;
        this.directory = directory;
    }

    /** Takes its fields of the model. */
    Network parse(Section fields) {
        Network usual = Defaults.network(task);
        String architecture = fields.optional("network").word(Defaults.networks(task), usual.getArchitecture());
        boolean scripted = architecture.equals(Defaults.TORCHSCRIPT);
        return Network.newBuilder()
                .setArchitecture(architecture)
                .setWidth(fields.optional("width").integer(4, 128, usual.getWidth()))
                .setDepth(fields.optional("depth").integer(2, 6, usual.getDepth()))
                .setScript(script(fields, scripted))
                .build();
    }

    private Script script(Section fields, boolean scripted) {
        Field file = scripted ? fields.required("script") : fields.optional("script");
        Field weights = fields.optional("script-weights");
        boolean keep = weights.word(List.of(SEED, FILE), SEED).equals(FILE);
        if (!scripted) {
            file.wrong("no such field unless network is torchscript", "one that belongs to torchscript");
            weights.wrong("no such field unless network is torchscript", "one that belongs to torchscript");
            return null;
        }
        return SharedFile.parse(file, directory, "a TorchScript file")
                .map(shared -> new Script(shared.path(), shared.sha256(), keep))
                .orElse(null);
    }
}
