package io.synthray.trainer.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files of named tensors in the <a href="https://github.com/huggingface/safetensors">safetensors</a> format: the header's length in 8 bytes, the
 * header in JSON, the elements. Written as F32; read also from F16, BF16, F64, I32 and I64, as 32-bit floats.
 */
final class Safetensors {
    private static final int LENGTH_BYTES = Long.BYTES;
    private static final int LARGEST_HEADER = 100_000_000;
    /** A Java array has no room for more. */
    private static final long LARGEST_FILE = Integer.MAX_VALUE - 8;

    private static final String METADATA = "__metadata__";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Safetensors() {}

    /**
     * The file of tensors, in their order.
     *
     * @throws UnusableWeightsException when it is larger than an array can be
     */
    static byte[] write(Map<String, NamedTensor> tensors) {
        ObjectNode header = JSON.createObjectNode();
        long offset = 0;
        for (Map.Entry<String, NamedTensor> entry : tensors.entrySet()) {
            ObjectNode tensor = header.putObject(entry.getKey());
            tensor.put("dtype", "F32");
            ArrayNode shape = tensor.putArray("shape");
            for (long length : entry.getValue().shape()) {
                shape.add(length);
            }
            long end = offset + (long) Float.BYTES * entry.getValue().values().length;
            tensor.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = padded(header.toString());
        ByteBuffer file =
                ByteBuffer.allocate(size(LENGTH_BYTES + json.length + offset)).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        for (NamedTensor tensor : tensors.values()) {
            file.asFloatBuffer().put(tensor.values());
            file.position(file.position() + Float.BYTES * tensor.values().length);
        }
        return file.array();
    }

    private static int size(long bytes) {
        if (bytes > LARGEST_FILE) {
            throw new UnusableWeightsException(
                    "state of the network: expected at most %d bytes, found %d; a narrower network has a smaller one"
                            .formatted(LARGEST_FILE, bytes));
        }
        return (int) bytes;
    }

    /** Blanks to a multiple of 8 bytes, so that elements are aligned. */
    private static byte[] padded(String header) {
        int length = header.getBytes(StandardCharsets.UTF_8).length;
        return (header + " ".repeat((LENGTH_BYTES - length % LENGTH_BYTES) % LENGTH_BYTES))
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The tensors of a file, by name.
     *
     * @throws UnusableWeightsException when the file breaks the format; nothing larger than the file is allocated before that is known
     */
    static Map<String, NamedTensor> read(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < LENGTH_BYTES) {
            throw new UnusableWeightsException(
                    "weights: expected a safetensors file, found %d bytes".formatted(file.length));
        }
        long length = bytes.getLong();
        if (length < 2 || length > LARGEST_HEADER || length > bytes.remaining()) {
            throw new UnusableWeightsException("weights: expected a safetensors header of 2..%d bytes, found one of %s"
                    .formatted(Math.min(LARGEST_HEADER, bytes.remaining()), Long.toUnsignedString(length)));
        }
        JsonNode header = header(new String(file, LENGTH_BYTES, (int) length, StandardCharsets.UTF_8));
        ByteBuffer elements = bytes.slice(LENGTH_BYTES + (int) length, bytes.remaining() - (int) length)
                .order(ByteOrder.LITTLE_ENDIAN);
        Map<String, NamedTensor> tensors = new LinkedHashMap<>();
        header.fields().forEachRemaining(field -> {
            if (!field.getKey().equals(METADATA)) {
                tensors.put(field.getKey(), tensor(field.getKey(), field.getValue(), elements));
            }
        });
        return tensors;
    }

    private static JsonNode header(String json) {
        try {
            JsonNode header = JSON.readTree(json);
            if (header != null && header.isObject()) {
                return header;
            }
        } catch (JsonProcessingException e) {
            // What is wrong with it matters less than that it is no header.
        }
        throw new UnusableWeightsException("weights: expected a safetensors header, found no JSON object");
    }

    private static NamedTensor tensor(String name, JsonNode entry, ByteBuffer elements) {
        long[] shape = numbers(name, entry.path("shape"));
        long[] offsets = numbers(name, entry.path("data_offsets"));
        String type = entry.path("dtype").asText();
        int size = size(name, type);
        long count = 1;
        for (long length : shape) {
            if (length < 0 || (length > 0 && count > Integer.MAX_VALUE / length)) {
                throw new UnusableWeightsException("weights: tensor '%s' is too large".formatted(name));
            }
            count *= length;
        }
        boolean inside =
                offsets.length == 2 && offsets[0] >= 0 && offsets[0] <= offsets[1] && offsets[1] <= elements.capacity();
        if (!inside || offsets[1] - offsets[0] != count * size) {
            throw new UnusableWeightsException(
                    "weights: tensor '%s': expected %d bytes within the file, found other offsets"
                            .formatted(name, count * size));
        }
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(type, elements, (int) offsets[0] + i * size);
        }
        return new NamedTensor(shape, values);
    }

    private static int size(String name, String type) {
        return switch (type) {
            case "F16", "BF16" -> 2;
            case "F32", "I32" -> 4;
            case "F64", "I64" -> 8;
            default ->
                throw new UnusableWeightsException(
                        "weights: tensor '%s': expected F16, BF16, F32, F64, I32 or I64, found '%s'"
                                .formatted(name, type));
        };
    }

    private static float value(String type, ByteBuffer elements, int at) {
        return switch (type) {
            case "F16" -> half(elements.getShort(at));
            case "BF16" -> Float.intBitsToFloat(elements.getShort(at) << 16);
            case "F32" -> elements.getFloat(at);
            case "I32" -> elements.getInt(at);
            case "F64" -> (float) elements.getDouble(at);
            default -> elements.getLong(at);
        };
    }

    /** A number of IEEE 754's binary16. */
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float sign = bits < 0 ? -1 : 1;
        if (exponent == 0x1f) {
            return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
        }
        return exponent == 0 ? sign * fraction * 0x1p-24f : sign * Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
    }

    private static long[] numbers(String name, JsonNode array) {
        long[] numbers = new long[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!array.get(i).canConvertToLong()) {
                throw new UnusableWeightsException("weights: tensor '%s': expected whole numbers".formatted(name));
            }
            numbers[i] = array.get(i).asLong();
        }
        if (!array.isArray()) {
            throw new UnusableWeightsException("weights: tensor '%s': expected shape and data_offsets".formatted(name));
        }
        return numbers;
    }
}
