package io.synthray.producer.report;

import io.synthray.event.Control;
import io.synthray.event.ControlWord;
import io.synthray.event.Fidelity;
import io.synthray.event.ImageMade;
import io.synthray.event.ManifestEntry;
import io.synthray.event.Statistics;
import io.synthray.event.Study;
import io.synthray.event.StudyState;
import io.synthray.event.Subgroups;
import io.synthray.event.TrialResult;
import io.synthray.producer.broker.Events;
import io.synthray.producer.broker.Platform;
import io.synthray.producer.submit.SubmittedStudies;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** Reads a study's results from the topics. */
public final class ResultsReader {
    /** Images of each set that are remembered for pictures. */
    static final int PICTURES = 4;

    /** Images that an image set can have at most; an index beyond is none of a plan. */
    private static final int MOST = 1_000_000;

    private final Platform platform;
    private final Events events;

    /** @param platform whose topics are read */
    public ResultsReader(Platform platform) {
        this.platform = platform;
        this.events = new Events(platform);
    }

    /**
     * What the topics say about a study now.
     *
     * @throws io.synthray.producer.submit.UnknownStudyException when it has never been submitted
     * @throws io.synthray.producer.broker.PlatformUnavailableException when the broker does not answer
     * @throws io.synthray.schemas.serde.RegistryException when no registry answers
     */
    public StudyResults read(String id) {
        platform.checkReadable();
        Study study = new SubmittedStudies(platform).get(id);
        Images images = images(study);
        return new StudyResults(
                study,
                state(id),
                statistics(study),
                fidelity(study),
                subgroups(study),
                trials(id),
                images.pictures,
                images.generators,
                controls(id));
    }

    private Optional<StudyState> state(String id) {
        AtomicReference<StudyState> last = new AtomicReference<>();
        events.read(TopicCatalogue.STUDY_STATES, id::equals, (key, state) -> last.set(state));
        return Optional.ofNullable(last.get());
    }

    private List<Statistics> statistics(Study study) {
        Map<String, Statistics> last = new HashMap<>();
        events.read(TopicCatalogue.STATISTICS, of(study.getStudy()), (key, s) -> last.put(s.getComparison(), s));
        return study.getPlan().getComparisons().stream()
                .map(comparison -> last.get(comparison.getName()))
                .filter(s -> s != null)
                .toList();
    }

    private List<Fidelity> fidelity(Study study) {
        Map<String, Fidelity> last = new HashMap<>();
        if (study.getPlan().getFidelity() != null) {
            events.read(TopicCatalogue.FIDELITY, of(study.getStudy()), last::put);
        }
        List<String> arms =
                study.getPlan().getArms().stream().map(arm -> arm.getName()).toList();
        return last.values().stream()
                .sorted(Comparator.comparing((Fidelity f) -> arms.indexOf(f.getArm()))
                        .thenComparing(f -> f.getImageSet().length())
                        .thenComparing(Fidelity::getImageSet))
                .toList();
    }

    private List<Subgroups> subgroups(Study study) {
        Map<String, Subgroups> last = new HashMap<>();
        events.read(TopicCatalogue.SUBGROUPS, of(study.getStudy()), (key, s) -> last.put(s.getComparison(), s));
        return study.getPlan().getComparisons().stream()
                .map(comparison -> last.get(comparison.getName()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The first chunk of a result carries its metrics; the first result counts. */
    private Map<String, TrialResult> trials(String id) {
        Map<String, TrialResult> first = new TreeMap<>();
        events.read(
                TopicCatalogue.TRIAL_RESULTS,
                of(id).and(key -> key.endsWith("/0")),
                (key, result) -> first.putIfAbsent(result.getTrial(), result));
        return first;
    }

    private List<Control> controls(String id) {
        Map<String, Control> last = new LinkedHashMap<>();
        events.read(TopicCatalogue.CONTROL, of(id), last::put);
        return last.values().stream()
                .filter(control -> control.getWord() != ControlWord.RUN)
                .toList();
    }

    private Images images(Study study) {
        Images images = new Images();
        boolean synthetic = study.getPlan().getArms().stream().anyMatch(arm -> arm.getSynthetic() != null);
        if (synthetic) {
            events.read(TopicCatalogue.IMAGES, of(study.getStudy()), (key, image) -> images.add(image));
            events.read(TopicCatalogue.MANIFESTS, of(study.getStudy()), (key, chunk) -> {
                String set = new ImageSetId(chunk.getStudy(), chunk.getArm(), chunk.getImageSet()).key();
                new ArrayList<>(chunk.getEntries()).forEach(entry -> images.add(set, entry));
            });
        }
        return images;
    }

    private static java.util.function.Predicate<String> of(String study) {
        return key -> key.startsWith(study + "/");
    }

    /** Images as their events and manifests name them; the first event of an index counts. */
    private static final class Images {
        private final Map<String, BitSet> seen = new HashMap<>();
        private final Map<String, SortedMap<Integer, SyntheticImage>> pictures = new TreeMap<>();
        private final Map<StudyResults.Generator, Long> generators = new LinkedHashMap<>();

        void add(ImageMade image) {
            String set = new ImageSetId(image.getStudy(), image.getArm(), image.getImageSet()).key();
            BitSet indexes = seen.computeIfAbsent(set, key -> new BitSet());
            if (image.getIndex() < 0 || image.getIndex() >= MOST || indexes.get(image.getIndex())) {
                return;
            }
            indexes.set(image.getIndex());
            generators.merge(StudyResults.Generator.of(image.getProvenance()), 1L, Long::sum);
            remember(set, SyntheticImage.of(image));
        }

        /** Manifests are kept for ever, the events of images are not. */
        void add(String set, ManifestEntry entry) {
            remember(set, SyntheticImage.of(entry));
        }

        private void remember(String set, SyntheticImage image) {
            SortedMap<Integer, SyntheticImage> first = pictures.computeIfAbsent(set, key -> new TreeMap<>());
            first.putIfAbsent(image.index(), image);
            if (first.size() > PICTURES) {
                first.remove(first.lastKey());
            }
        }
    }
}
