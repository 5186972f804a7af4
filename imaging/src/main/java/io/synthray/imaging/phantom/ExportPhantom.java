package io.synthray.imaging.phantom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Writes a phantom data set from the command line: {@code --out DIR --count N --test N --side PIXELS --seed S}; all but {@code
 * --out} have defaults.
 */
public final class ExportPhantom {

    private static final Set<String> OPTIONS = Set.of("--out", "--count", "--test", "--side", "--seed");

    private ExportPhantom() {}

    /** Exits with 2 and one line on standard error if an argument is wrong, with 1 if the folder cannot be written. */
    public static void main(String[] args) {
        try {
            Map<String, String> options = options(args);
            int train = Integer.parseInt(options.getOrDefault("--count", "1000"));
            int test = Integer.parseInt(options.getOrDefault("--test", "200"));
            int side = Integer.parseInt(options.getOrDefault("--side", "64"));
            Phantom phantom = new Phantom(Long.parseLong(options.getOrDefault("--seed", "1")));
            Path out = Path.of(options.get("--out"));
            new PhantomFolder(phantom, side).write(out, train, test);
            System.out.println("wrote " + train + " train and " + test + " test phantoms to " + out);
        } catch (IllegalArgumentException e) {
            System.err.println("export-phantom: " + e.getMessage());
            System.exit(2);
        } catch (IOException e) {
            System.err.println("export-phantom: cannot write " + e.getMessage());
            System.exit(1);
        }
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
                throw new IllegalArgumentException(
                        "expected an option of " + OPTIONS + " and its value, found " + args[i]);
            }
            options.put(args[i], args[i + 1]);
        }
        if (!options.containsKey("--out")) {
            throw new IllegalArgumentException("expected --out DIR");
        }
        return options;
    }
}
