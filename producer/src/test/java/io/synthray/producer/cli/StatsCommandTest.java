package io.synthray.producer.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synthray.statistics.Interval;
import io.synthray.statistics.PairedDifferences;
import io.synthray.statistics.SignFlipTest;
import io.synthray.statistics.sequential.ConfidenceSequence;
import io.synthray.statistics.sequential.EProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsCommandTest {
    private static final String KEYS =
            "arm, reference, metric, n, mean_difference, ci_low, ci_high, t, df, p_one_tailed,"
                    + " p_bonferroni, p_holm, p_bh, p_corrected_resampled, p_sign_flip, e_value, cs_low, cs_high";

    /** R's sleep data: paired t = 4.0621 on 9 degrees of freedom, two-sided P = 0.002833, 95% interval 0.7001142 to 2.4598858. */
    private static final String SLEEP =
            """
            arm,metric,repeat,value
            real-only,extra,1,0.7
            real-only,extra,2,-1.6
            real-only,extra,3,-0.2
            real-only,extra,4,-1.2
            real-only,extra,5,-0.1
            real-only,extra,6,3.4
            real-only,extra,7,3.7
            real-only,extra,8,0.8
            real-only,extra,9,0.0
            real-only,extra,10,2.0
            two,extra,10,3.4
            two,extra,1,1.9
            two,extra,2,0.8
            two,extra,3,1.1
            two,extra,4,0.1
            two,extra,5,-0.1
            two,extra,6,4.4
            two,extra,7,5.5
            two,extra,8,1.6
            two,extra,9,4.6
            """;

    @TempDir
    Path directory;

    private Ended run(String... arguments) {
        return Ended.ofGroup(directory, "stats", arguments);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("trials.csv"), text);
    }

    private JsonNode json(String csv, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--csv", file(csv).toString(), "--json"));
        arguments.addAll(Arrays.asList(more));
        Ended ended = run(arguments.toArray(String[]::new));
        assertEquals(ExitCode.OK, ended.exitCode(), ended::toString);
        return new ObjectMapper().readTree(ended.out());
    }

    @Test
    void computesWhatRPrints() throws IOException {
        JsonNode all = json(SLEEP);
        assertEquals(1, all.size());
        JsonNode c = all.get(0);
        List<String> keys = new ArrayList<>();
        c.fieldNames().forEachRemaining(keys::add);
        assertEquals(KEYS, String.join(", ", keys));
        assertEquals("two", c.path("arm").textValue());
        assertEquals("real-only", c.path("reference").textValue());
        assertEquals("extra", c.path("metric").textValue());
        assertEquals(10, c.path("n").intValue());
        assertEquals(9, c.path("df").intValue());
        assertEquals(4.0621, c.path("t").doubleValue(), 5e-5);
        assertEquals(0.002833 / 2, c.path("p_one_tailed").doubleValue(), 3e-7);
        assertEquals(0.7001142, c.path("ci_low").doubleValue(), 5e-8);
        assertEquals(2.4598858, c.path("ci_high").doubleValue(), 5e-8);
        // One difference is nought, and no other sign can be turned without lowering the sum: 2 of 1024.
        assertEquals(2 / 1024.0, c.path("p_sign_flip").doubleValue());
        assertTrue(c.path("p_corrected_resampled").isNull());
        assertTrue(c.path("e_value").doubleValue() > 20, c::toString);
        assertTrue(c.path("cs_low").doubleValue() < c.path("ci_low").doubleValue(), c::toString);
        assertTrue(c.path("cs_high").doubleValue() > c.path("ci_high").doubleValue(), c::toString);
    }

    @Test
    void everyOtherArmAndMetricIsOfTheFamily() throws IOException {
        String csv =
                """
                value,repeat,metric,arm,note
                0.5,1,f1,base,
                0.6,2,f1,base,
                0.55,3,f1,base,
                0.7,1,f1,a,x
                0.75,2,f1,a,
                0.8,3,f1,a,
                0.55,1,f1,b,
                0.6,2,f1,b,
                0.61,3,f1,b,
                0.9,1,dice,a,
                0.9,2,dice,a,
                """;
        JsonNode all = json(csv, "--reference", "base");
        assertEquals(
                List.of("a f1", "a dice", "b f1", "b dice"),
                StreamSupport.stream(all.spliterator(), false)
                        .map(c -> c.path("arm").textValue() + " "
                                + c.path("metric").textValue())
                        .toList());
        JsonNode a = all.get(0);
        assertEquals(
                4 * a.path("p_one_tailed").doubleValue(), a.path("p_bonferroni").doubleValue(), 1e-15);
        // Of dice the reference has nothing, and the other arm neither: incomplete, and of the family all the same.
        for (JsonNode lacking : List.of(all.get(1), all.get(3))) {
            assertEquals(0, lacking.path("n").intValue());
            List<String> keys = new ArrayList<>(List.of(KEYS.split(", ")));
            keys.removeAll(List.of("arm", "reference", "metric", "n"));
            keys.forEach(key -> assertTrue(lacking.path(key).isNull(), key));
        }
        Ended words = run("--csv", file(csv).toString(), "--reference", "base");
        assertTrue(words.out().contains("corrected for 4 comparisons"), words.out());
        assertTrue(
                words.out()
                        .contains(
                                "Incomplete, so without P, but counted in the correction: a - base on dice; b - base on dice."),
                words.out());
        assertTrue(words.err().contains("a - base: no P, since dice is missing in base"), words.err());
        assertTrue(words.err().contains("b - base: no P, since dice is missing in b and base"), words.err());
    }

    /** A metric that the reference has is expected of every arm. */
    @Test
    void aMetricThatAnArmLacksMakesTheFamilyNoSmaller() throws IOException {
        JsonNode all = json(SLEEP + "real-only,other,1,0.5\n");
        assertEquals(2, all.size());
        assertEquals(
                2 * all.get(0).path("p_one_tailed").doubleValue(),
                all.get(0).path("p_bonferroni").doubleValue());
        assertTrue(all.get(1).path("p_one_tailed").isNull());
    }

    /** What a third arm has was planned for all. */
    @Test
    void aRepeatThatBothLackAndAnotherArmHasLeavesNoP() throws IOException {
        Ended ended =
                run("--csv", file(withoutTheFourth() + "three,extra,4,1.0\n").toString(), "--json");
        assertTrue(
                ended.err().contains("two - real-only: no P, since extra of repeat 4 is missing in two and real-only"),
                ended.err());
        JsonNode c = new ObjectMapper().readTree(ended.out()).get(0);
        assertEquals(9, c.path("n").intValue());
        assertTrue(c.path("p_one_tailed").isNull());
        // Repeats after the gap are not of the sequential test.
        JsonNode first = json(
                SLEEP.lines().filter(line -> line.matches("arm.*|.*,[123],.*")).collect(Collectors.joining("\n")));
        assertEquals(
                first.get(0).path("e_value").doubleValue(), c.path("e_value").doubleValue());
    }

    /** Repeats may have any numbers, such as seeds: what no arm has is told, and taken for not planned. */
    @Test
    void aRepeatThatNoArmHasIsTold() throws IOException {
        Ended ended = run("--csv", file(withoutTheFourth()).toString(), "--json");
        assertTrue(ended.err().contains("warning: no arm has extra of repeat 4: if it was planned"), ended.err());
        JsonNode c = new ObjectMapper().readTree(ended.out()).get(0);
        assertEquals(9, c.path("n").intValue());
        assertTrue(c.path("p_one_tailed").isNumber());

        Ended wide = run(
                "--csv",
                file(SLEEP + "two,extra,2000000000,1\nreal-only,extra,2000000000,0\n")
                        .toString());
        assertTrue(wide.err().contains("no arm has extra of repeats 11 to 1999999999"), wide.err());
    }

    private static String withoutTheFourth() {
        return SLEEP.replace("two,extra,4,0.1\n", "").replace("real-only,extra,4,-1.2\n", "");
    }

    @Test
    void aPairThatIsMissingIsToldAndLeavesNoP() throws IOException {
        Ended ended = run("--csv", file(SLEEP.replace("two,extra,4,0.1\n", "")).toString(), "--json");
        JsonNode c = new ObjectMapper().readTree(ended.out()).get(0);
        assertEquals(9, c.path("n").intValue());
        assertTrue(c.path("t").isNumber());
        for (String p : List.of("p_one_tailed", "p_bonferroni", "p_holm", "p_bh", "p_sign_flip")) {
            assertTrue(c.path(p).isNull(), p);
        }
        assertTrue(ended.err().contains("extra of repeat 4 is missing in two"), ended.err());
    }

    @Test
    void theCorrectedResampledTestNeedsTheSizesOfSplits() throws IOException {
        JsonNode c = json(SLEEP, "--train-size", "400", "--test-size", "100").get(0);
        assertTrue(
                c.path("p_corrected_resampled").doubleValue()
                        > c.path("p_one_tailed").doubleValue(),
                c::toString);
        assertEquals(
                ExitCode.USAGE,
                run("--csv", file(SLEEP).toString(), "--train-size", "400").exitCode());
    }

    @Test
    void printsATableForPeople() throws IOException {
        Ended ended = run("--csv", file(SLEEP).toString());
        assertTrue(ended.out().contains("two - real-only"), ended.out());
        assertTrue(ended.out().contains("corrected for 1 comparison; alpha 0.05"), ended.out());
        assertTrue(ended.out().contains("An e-value rejects at 20.00 or more"), ended.out());
        // 2^-10
        assertTrue(
                ended.out().contains("Sign flips: no data of so few pairs can give a P below 0.0009765625."),
                ended.out());
        assertFalse(ended.out().contains("Incomplete"), ended.out());
    }

    /** Where no comparison has a P of sign flips, nothing is said of them. */
    @Test
    void tellsTheFloorOfSignFlipsOnlyWithTheirP() throws IOException {
        Ended ended = run("--csv", file(SLEEP.replace("two,extra,4,0.1\n", "")).toString());
        assertFalse(ended.out().contains("Sign flips"), ended.out());
    }

    /** No digit is lost between the library and whoever reads the JSON. */
    @Test
    void printsTheLibrarysDoublesToTheLastDigit() throws IOException {
        JsonNode c = json(SLEEP, "--train-size", "400", "--test-size", "100", "--alpha", "0.1", "--prior-scale", "0.7")
                .get(0);
        double[] one = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
        double[] two = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
        List<Double> values =
                IntStream.range(0, one.length).mapToObj(i -> two[i] - one[i]).toList();
        PairedDifferences d = new PairedDifferences(values);
        Map<String, Double> expected = new LinkedHashMap<>();
        expected.put("mean_difference", d.mean());
        expected.put("ci_low", d.interval(0.05).orElseThrow().low());
        expected.put("ci_high", d.interval(0.05).orElseThrow().high());
        expected.put("t", d.t(0).orElseThrow());
        double p = d.oneTailedP(0).orElseThrow();
        // A family of one.
        for (String name : List.of("p_one_tailed", "p_bonferroni", "p_holm", "p_bh")) {
            expected.put(name, p);
        }
        expected.put("p_corrected_resampled", d.correctedResampledP(0, 400, 100).orElseThrow());
        expected.put("p_sign_flip", SignFlipTest.of(d, 0).orElseThrow().p());
        expected.put("e_value", Math.exp(new EProcess(0.7).logEValue(values, 0)));
        Interval sequence = new ConfidenceSequence(0.7).interval(values, 0.1).orElseThrow();
        expected.put("cs_low", sequence.low());
        expected.put("cs_high", sequence.high());
        expected.forEach((name, value) -> assertEquals(value, c.path(name).doubleValue(), name));
    }

    @ParameterizedTest
    @CsvSource({
        "0.150453, 0.099108, 0.201798, 3, 12.607790654377169, 2, 0.0031, 16",
        "0.14575, 0.108267, 0.183233, 2, 49.40718032968176, 1, 0.0064, 7"
    })
    void thePapersPComesOut(String mean, String low, String high, String n, double t, int df, double p, int family)
            throws IOException {
        Ended ended = run("--published", mean, low, high, n, "--json");
        assertEquals(ExitCode.OK, ended.exitCode(), ended::toString);
        JsonNode result = new ObjectMapper().readTree(ended.out());
        assertEquals(p, result.path("p_one_tailed").doubleValue(), 5e-5);
        // By SciPy 1.17.1.
        assertEquals(t, result.path("t").doubleValue(), 1e-12 * t);
        assertEquals(df, result.path("df").intValue());
        assertEquals(family, result.path("largest_family_bonferroni").intValue());
        Ended words = run("--published", mean, low, high, n);
        assertTrue(
                words.out()
                        .contains("t = %s, df = %d, P = %s"
                                .formatted(
                                        result.path("t").doubleValue(),
                                        df,
                                        result.path("p_one_tailed").doubleValue())),
                words.out());
        assertTrue(words.out().contains("one-tailed and unadjusted"), words.out());
        assertTrue(words.out().contains("a family of up to " + family + " comparisons"), words.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arm,metric,repeat,value\\nreal-only,f1,1,x | trials.csv:2: column 4 (value): expected a finite number, found 'x'",
                "arm,metric,repeat,value\\nreal-only,f1,1,NaN | trials.csv:2: column 4 (value): expected a finite number",
                "arm,metric,repeat,value\\na,f1,-1,0.5 | trials.csv:2: column 3 (repeat): expected an integer of 0 or more",
                "arm,metric,repeat,value\\na,f1,1,0.5\\na,f1,1,0.5 | trials.csv:3: column 3 (repeat): expected each",
                "arm,metric,repeat,value\\n,f1,1,0.5 | trials.csv:2: column 1 (arm): expected a name, found nothing",
                "arm,metric,repeat,value\\na,f1,1 | trials.csv:2: expected 4 fields as in the header, found 3",
                "arm,metric,value\\na,f1,1 | trials.csv:1: expected the columns arm,metric,repeat,value, found no column repeat",
                "arm,metric,repeat,value\\na,f1,1,0.5 | expected the reference arm real-only and others, found a",
                "arm,metric,repeat,value | expected a line of measurements below the header, found none"
            })
    void saysWhatIsWrongAndWhere(String csv, String expected) throws IOException {
        Ended ended = run("--csv", file(csv.replace("\\n", "\n")).toString());
        assertEquals(ExitCode.FAILURE, ended.exitCode(), ended::toString);
        assertTrue(ended.err().contains(expected.strip()), ended.err());
        assertFalse(ended.err().contains("\tat "), ended.err());
        assertEquals("", ended.out());
    }

    @Test
    void saysWhatKeepsAFileFromBeingRead() throws IOException {
        Path latin = directory.resolve("latin.csv");
        Files.writeString(latin, "arm,metric,repeat,value\nreal-only,f1,1,0.5\nmüller,f1,1,0.6\n", ISO_8859_1);
        assertFails(latin, "latin.csv: expected text in UTF-8, found other bytes");
        assertFails(directory.resolve("none.csv"), "none.csv: expected a file, found none");
        assertFails(directory, ": cannot be read (Is a directory)");
    }

    private void assertFails(Path csv, String expected) {
        Ended ended = run("--csv", csv.toString());
        assertEquals(ExitCode.FAILURE, ended.exitCode(), ended::toString);
        assertTrue(ended.err().contains(expected), ended.err());
    }

    @ParameterizedTest
    @CsvSource({
        "--published 1 2 3 4, the middle of the interval",
        "--published 1 0 2 1.5, N of 2 or more pairs",
        "--published 1 2 0 3, ascending order",
        "--alpha 2, '--csv, --published or --simulate'",
        "--simulate --studies 0, 1 or more"
    })
    void refusesWhatHasNoMeaning(String arguments, String expected) {
        Ended ended = run(Pattern.compile(" ").split(arguments));
        assertEquals(ExitCode.USAGE, ended.exitCode(), ended::toString);
        assertTrue(ended.err().contains(expected), ended.err());
    }

    @Test
    void simulatesWithTheShippedCode() {
        Ended ended = run("--simulate", "--studies", "40", "--seed", "3");
        assertEquals(ExitCode.OK, ended.exitCode(), ended::toString);
        assertTrue(ended.out().contains("40 A/A studies of five arms"), ended.out());
        assertTrue(ended.out().contains("e-process, F1 +0.150453"), ended.out());
    }

    /** So small an alpha asks for so much evidence that too few trials are saved. */
    @Test
    void failsWhereTheEProcessSavesTooLittle() {
        Ended ended = run("--simulate", "--studies", "20", "--alpha", "1e-9");
        assertEquals(ExitCode.FAILURE, ended.exitCode(), ended::toString);
        assertTrue(
                Pattern.compile("e-process, F1 .* no\\R").matcher(ended.out()).find(), ended.out());
        assertFalse(
                Pattern.compile("corrected resampled t, .* no\\R")
                        .matcher(ended.out())
                        .find(),
                ended.out());
    }

    /** One study, of a seed in which the corrected test rejects: a share of 1, which no aim allows. */
    @Test
    void failsWhereTheCorrectedResampledTestErrsTooOften() {
        Ended ended = run("--simulate", "--studies", "1", "--seed", "2");
        assertEquals(ExitCode.FAILURE, ended.exitCode(), ended::toString);
        assertTrue(
                Pattern.compile("corrected resampled t, .* no\\R")
                        .matcher(ended.out())
                        .find(),
                ended.out());
        assertFalse(
                Pattern.compile("e-process, (F1|Dice) .* no\\R")
                        .matcher(ended.out())
                        .find(),
                ended.out());
    }
}
