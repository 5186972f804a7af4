package io.synthray.trainer.engine;

import io.synthray.imaging.random.SeedDerivation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.named_buffer_iterator;
import org.bytedeco.pytorch.named_buffer_list;
import org.bytedeco.pytorch.named_parameter_iterator;
import org.bytedeco.pytorch.named_parameter_list;

/**
 * A network of the user's own. What is random in it, such as dropout, follows from the seed and the step, and its graph runs as it is written, without what libtorch
 * would learn of it on the way: so a training that is gone on with ends in the same bits.
 */
final class ScriptedNetwork implements Layer {
    private static final int PROBED = 2;
    private static final String STEPS = "synthray.steps";

    private final JitModule module;
    private final NetworkShape shape;
    private final long seed;
    /** Steps so far; a tensor, so that it is kept with the others. */
    private final Tensor steps;

    /**
     * Loads the network into the innermost scope of this thread.
     *
     * @param weights where its tensors are entered by their names
     * @throws UnsupportedNetworkException when the file is none, or its input or output has another shape; the message says what was
     *     expected and what was found
     */
    ScriptedNetwork(Weights weights, Script script, NetworkShape shape, long seed, Placement placement) {
        this.shape = shape;
        this.seed = seed;
        torch.setGraphExecutorOptimize(false);
        module = load(script.file());
        placement.move(module);
        enter(weights, script.keepsWeights());
        steps = weights.counter(STEPS);
        probe(placement);
    }

    private static JitModule load(byte[] bytes) {
        try {
            Path file = Files.createTempFile("network-", ".pt");
            try {
                Files.write(file, bytes);
                return torch.load(file.toString());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new UnsupportedNetworkException(
                    "torchscript: expected a file of torch.jit.save, found one that cannot be loaded (%s)"
                            .formatted(cause(e)));
        }
    }

    private void enter(Weights weights, boolean kept) {
        named_parameter_list parameters = module.named_parameters();
        named_parameter_iterator end = parameters.end();
        for (named_parameter_iterator at = parameters.begin(); at.notEquals(end); at.increment()) {
            String name = at.access().name().getString();
            Tensor tensor = at.access().value();
            if (tensor.scalar_type().intern() != torch.ScalarType.Float) {
                throw new UnsupportedNetworkException("torchscript: parameter '%s': expected 32-bit floats, found %s"
                        .formatted(name, tensor.scalar_type().intern()));
            }
            weights.adopt(name, new Tensor(tensor), kept);
        }
        if (weights.trained().isEmpty()) {
            throw new UnsupportedNetworkException(
                    "torchscript: expected parameters that can be trained, found none; a frozen network has none");
        }
        named_buffer_list buffers = module.named_buffers();
        named_buffer_iterator last = buffers.end();
        for (named_buffer_iterator at = buffers.begin(); at.notEquals(last); at.increment()) {
            weights.adoptBuffer(
                    at.access().name().getString(), new Tensor(at.access().value()), kept);
        }
    }

    private void probe(Placement placement) {
        try (PointerScope pass = new PointerScope();
                NoGradGuard untracked = new NoGradGuard()) {
            forward(placement.of(torch.zeros(PROBED, 1, shape.side(), shape.side())), false);
        } catch (UnsupportedNetworkException e) {
            throw e;
        } catch (RuntimeException e) {
            if (MemoryErrors.contain(e)) {
                throw e;
            }
            throw new UnsupportedNetworkException(
                    "torchscript: expected a network that takes images of shape [%d, 1, %d, %d], found one that does not (%s)"
                            .formatted(PROBED, shape.side(), shape.side(), cause(e)));
        }
    }

    @Override
    public Tensor forward(Tensor input, boolean training) {
        module.train(training);
        if (training) {
            torch.manual_seed(SeedDerivation.derive(seed, "script", Integer.toString(counted())));
        }
        IValue output = module.forward(new IValueVector(new IValue(input)));
        if (!output.isTensor()) {
            throw new UnsupportedNetworkException("torchscript: expected one tensor as output, found %s"
                    .formatted(output.tagKind().getString()));
        }
        Tensor logits = output.toTensor();
        requireShape(logits, (int) input.size(0));
        return logits;
    }

    private int counted() {
        try (NoGradGuard untracked = new NoGradGuard()) {
            int before = (int) steps.data_ptr_float().get();
            steps.add_(new Scalar(1f));
            return before;
        }
    }

    private void requireShape(Tensor logits, int size) {
        long[] expected = shape.architecture().segments()
                ? new long[] {size, shape.outputs(), shape.side(), shape.side()}
                : new long[] {size, shape.outputs()};
        if (!Arrays.equals(expected, logits.shape()) || !logits.is_floating_point()) {
            throw new UnsupportedNetworkException(
                    "torchscript: expected an output of shape %s (%s) of floats, found %s of %s"
                            .formatted(
                                    Arrays.toString(expected),
                                    shape.architecture().segments()
                                            ? "images, structures, rows, columns"
                                            : "images, classes",
                                    Arrays.toString(logits.shape()),
                                    logits.scalar_type().intern()));
        }
    }

    /** The last line that says something; libtorch tells where in the script it was before it tells what. */
    private static String cause(RuntimeException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("RuntimeError:"))
                .reduce((first, second) -> second)
                .orElseGet(
                        () -> String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
}
