package io.synthray.imaging.fuzz;

import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.Png;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Small sound files of every kind, from which damaged ones are made. */
final class Seeds {

    private static final int WIDTH = 32;
    private static final int HEIGHT = 24;

    private Seeds() {}

    static List<byte[]> png() {
        return List.of(
                Png.encode(GreyImage.ofBytes(WIDTH, HEIGHT, levels()), Map.of("Title", "SYNTHETIC", "Note", "\u20ac")),
                picture("png", BufferedImage.TYPE_INT_ARGB),
                picture("png", BufferedImage.TYPE_BYTE_INDEXED),
                picture("png", BufferedImage.TYPE_USHORT_GRAY));
    }

    /** Pictures of other kinds that data sets contain. */
    static List<byte[]> otherPictures() {
        return List.of(
                picture("jpg", BufferedImage.TYPE_BYTE_GRAY),
                picture("jpg", BufferedImage.TYPE_INT_RGB),
                picture("gif", BufferedImage.TYPE_BYTE_GRAY),
                resource("lossless-8.jpg"),
                resource("lossless-12.jpg"));
    }

    static List<byte[]> dicom() {
        byte[] levels = levels();
        byte[] words = new byte[2 * levels.length];
        for (int i = 0; i < levels.length; i++) {
            words[2 * i] = levels[i];
            words[2 * i + 1] = (byte) (i % 16);
        }
        return List.of(
                dicom("1.2.840.10008.1.2.1", 8, "MONOCHROME2", levels, false),
                dicom("1.2.840.10008.1.2", 12, "MONOCHROME1", words, false),
                dicom("1.2.840.10008.1.2.5", 8, "MONOCHROME2", packBits(levels), true),
                dicom("1.2.840.10008.1.2.4.50", 8, "MONOCHROME2", picture("jpg", BufferedImage.TYPE_BYTE_GRAY), true),
                dicom("1.2.840.10008.1.2.4.70", 12, "MONOCHROME2", resource("lossless-12.jpg"), true),
                dicom("1.2.840.10008.1.2.4.90", 8, "MONOCHROME2", resource("reversible-8.j2k"), true));
    }

    private static byte[] dicom(String syntax, int bits, String photometric, byte[] pixels, boolean encapsulated) {
        boolean explicit = !syntax.equals("1.2.840.10008.1.2");
        ByteBuffer out = ByteBuffer.allocate(4096 + pixels.length).order(ByteOrder.LITTLE_ENDIAN);
        out.position(128);
        out.put("DICM".getBytes(StandardCharsets.US_ASCII));
        element(out, true, 0x0002, 0x0010, "UI", even(syntax, '\0'));
        element(out, explicit, 0x0010, 0x0020, "LO", even("patient", ' '));
        // A sequence without a length, with an item without one.
        tag(out, 0x0012, 0x0064);
        if (explicit) {
            out.put("SQ\0\0".getBytes(StandardCharsets.US_ASCII));
        }
        out.putInt(-1);
        tag(out, 0xfffe, 0xe000).putInt(-1);
        element(out, explicit, 0x0008, 0x0100, "SH", even("113100", ' '));
        tag(out, 0xfffe, 0xe00d).putInt(0);
        tag(out, 0xfffe, 0xe0dd).putInt(0);
        element(out, explicit, 0x0018, 0x5101, "CS", even("PA", ' '));
        element(out, explicit, 0x0028, 0x0002, "US", number(1));
        element(out, explicit, 0x0028, 0x0004, "CS", even(photometric, ' '));
        element(out, explicit, 0x0028, 0x0010, "US", number(HEIGHT));
        element(out, explicit, 0x0028, 0x0011, "US", number(WIDTH));
        element(out, explicit, 0x0028, 0x0100, "US", number(bits > 8 ? 16 : 8));
        element(out, explicit, 0x0028, 0x0101, "US", number(bits));
        element(out, explicit, 0x0028, 0x0102, "US", number(bits - 1));
        element(out, explicit, 0x0028, 0x0103, "US", number(0));
        element(out, explicit, 0x0028, 0x1050, "DS", even("90\\700", ' '));
        element(out, explicit, 0x0028, 0x1051, "DS", even("120\\80", ' '));
        tag(out, 0x7fe0, 0x0010);
        if (explicit) {
            out.put((encapsulated ? "OB\0\0" : "OW\0\0").getBytes(StandardCharsets.US_ASCII));
        }
        if (encapsulated) {
            out.putInt(-1);
            tag(out, 0xfffe, 0xe000).putInt(0);
            tag(out, 0xfffe, 0xe000).putInt(pixels.length).put(pixels);
            tag(out, 0xfffe, 0xe0dd).putInt(0);
        } else {
            out.putInt(pixels.length).put(pixels);
        }
        byte[] file = new byte[out.position()];
        out.rewind().get(file);
        return file;
    }

    private static ByteBuffer tag(ByteBuffer out, int group, int element) {
        return out.putShort((short) group).putShort((short) element);
    }

    private static void element(ByteBuffer out, boolean explicit, int group, int element, String kind, byte[] value) {
        tag(out, group, element);
        if (explicit) {
            out.put(kind.getBytes(StandardCharsets.US_ASCII)).putShort((short) value.length);
        } else {
            out.putInt(value.length);
        }
        out.put(value);
    }

    private static byte[] even(String text, char padding) {
        return (text.length() % 2 == 0 ? text : text + padding).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] number(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8)};
    }

    /** RLE of literal runs. */
    private static byte[] packBits(byte[] samples) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(1)
                .putInt(64)
                .array());
        for (int at = 0; at < samples.length; at += 128) {
            int length = Math.min(128, samples.length - at);
            out.write(length - 1);
            out.write(samples, at, length);
        }
        return out.toByteArray();
    }

    static List<byte[]> csv() {
        List<String> texts = List.of(
                "ImageId, EncodedPixels\n1.2.3,-1\n1.2.4, -1\n1.2.5,5 3 1021 4\n1.2.5,90 2\n",
                "\uFEFFpatientId,x,y,width,height,Target\r\nab-1,,,,,0\r\nab-2,264.0,152.0,213.0,379.0,1\r\n",
                "ImageID,Dice RCA (Mean),Dice RCA (Max),Landmarks,Left Lung,Right Lung,Heart,Height,Width\n"
                        + "a.jpg,0.7,0.8,\"1,2,3,4\",5 3 9 1,1 2,30 4,8,8\n",
                "Path,Sex,Age,Frontal/Lateral,AP/PA,No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Lung Opacity,Lung Lesion,"
                        + "Edema,Consolidation,Pneumonia,Atelectasis,Pneumothorax,Pleural Effusion,Pleural Other,Fracture,"
                        + "Support Devices\nCheXpert-v1.0-small/train/patient00001/study1/view1_frontal.jpg,Female,68,Frontal,AP,"
                        + "1.0,,,,,,,,,0.0,,,,1.0\nCheXpert-v1.0-small/train/patient00002/study2/view1_frontal.jpg,Female,87,Frontal,"
                        + "AP,,,-1.0,1.0,,-1.0,-1.0,,-1.0,,-1.0,,1.0,\n",
                "SOPInstanceUID,EncodedPixels,Report,filename\n1.2.3,-1,\"no, nothing\",P1_a\n1.2.4,5 3 2 2,x,P2_b\n",
                "image,split,label\n\"a \"\"quoted\"\" name.png\",train,1\n../../etc/passwd,test,0\n/etc/passwd,test,-1\n");
        return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }

    static List<byte[]> runLengths() {
        return List.of("557374 2 1015 8 1009 14 1002 20", "-1", " -1", "1 2 9 4", "0 1024", "1048570 6").stream()
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** Arrays of an .npz file by name. */
    static Map<String, byte[]> arrays() {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        for (String split : List.of("train", "val", "test")) {
            arrays.put(split + "_images", npy("(3, 4, 5)", 60));
            arrays.put(split + "_labels", npy("(3, 1)", 3));
        }
        return arrays;
    }

    private static byte[] npy(String shape, int elements) {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + ", }\n";
        ByteBuffer out = ByteBuffer.allocate(10 + header.length() + elements).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length());
        out.put(header.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < elements; i++) {
            out.put((byte) (elements == 3 ? i % 2 : i));
        }
        return out.array();
    }

    static byte[] zip(Map<String, byte[]> arrays) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                zip.write(array.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Puts the right checksums on a damaged PNG's chunks, so that the decoder gets to see them. */
    static byte[] mended(byte[] png) {
        ByteBuffer bytes = ByteBuffer.wrap(png);
        for (int at = 8; at + 12 <= png.length; ) {
            int length = bytes.getInt(at);
            if (length < 0 || length > png.length - at - 12) {
                break;
            }
            CRC32 crc = new CRC32();
            crc.update(png, at + 4, length + 4);
            bytes.putInt(at + 8 + length, (int) crc.getValue());
            at += length + 12;
        }
        return png;
    }

    private static byte[] levels() {
        byte[] levels = new byte[WIDTH * HEIGHT];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) (i * 7);
        }
        return levels;
    }

    private static byte[] picture(String format, int type) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            image.setRGB(i % WIDTH, i / WIDTH, 0xff000000 | i * 331);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] resource(String name) {
        try (InputStream in = Seeds.class.getResourceAsStream("/io/synthray/imaging/image/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
