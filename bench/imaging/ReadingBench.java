import io.synthray.imaging.csv.CsvFile;
import io.synthray.imaging.mask.RunLengthText;
import io.synthray.imaging.reader.DatasetKind;
import io.synthray.imaging.reader.DatasetOptions;
import io.synthray.imaging.reader.DatasetSource;
import io.synthray.imaging.reader.Datasets;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Does what bench.py says on standard input, and answers with seconds and a number that shows that it was done. */
public final class ReadingBench {

    public static void main(String[] arguments) throws Exception {
        Path chexpert = Path.of(arguments[0]);
        List<String> texts = new ArrayList<>();
        CsvFile.read(Path.of(arguments[1]), header -> {}, row -> {
            if (!RunLengthText.isNone(row.get("EncodedPixels"))) {
                texts.add(row.get("EncodedPixels"));
            }
        });
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = in.readLine(); command != null; command = in.readLine()) {
            long began = System.nanoTime();
            long shown = 0;
            if (command.equals("parse")) {
                long[] rows = new long[3];
                CsvFile.read(chexpert, header -> {}, row -> {
                    rows[0]++;
                    for (int i = 5; i < row.size(); i++) {
                        rows[row.get(i).equals("1.0") ? 1 : 2]++;
                    }
                });
                shown = rows[0];
            } else if (command.equals("csv")) {
                shown = Datasets.list(new DatasetSource(
                                DatasetKind.CHEXPERT, chexpert, DatasetOptions.of(java.util.Map.of("views", "all", "findings", "all"))))
                        .cases()
                        .size();
            } else {
                for (String text : texts) {
                    shown += RunLengthText.RELATIVE_COLUMNS.decode(text, 1024, 1024).area();
                }
            }
            System.out.println((System.nanoTime() - began) / 1e9 + " " + shown);
        }
    }
}
