package io.synthray.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StackOptionsTest {
    /** The demo begins anew, with whatever server it was told to sample with. */
    @Test
    void whatIsAskedForStaysWhenAStackBeginsAnew() {
        StackOptions options = new StackOptions(Path.of("stack"), StackPorts.from(2000, 1, 1), Path.of("models"));
        StackOptions demo = options.withTriton(true).begunAnew();
        assertTrue(demo.triton() && demo.fresh());
        assertEquals(options, new StackOptions(demo.directory(), demo.ports(), demo.modelRepository()));
    }
}
