package io.synthray.evaluator.study;

import io.synthray.evaluator.event.CaseOutcome;
import io.synthray.imaging.digest.Sha256;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which test cases a chunk of a trial's result speaks of. All trials of a study are tested on the same cases, so this is kept once for
 * them, and each trial keeps its {@link CaseAnswers} alone.
 *
 * @param cases in the chunk's order
 */
public record CaseRoster(List<Entry> cases) {
    /** Copies the list. */
    public CaseRoster {
        cases = List.copyOf(cases);
    }

    /**
     * A test case and what it is asked for.
     *
     * @param patient hashed id of the case's patient
     * @param id hashed id of the case
     * @param target structure or class
     * @param truth whether the class is there; null for a structure
     */
    public record Entry(String patient, String id, String target, Boolean truth) {}

    static CaseRoster of(List<CaseOutcome> cases) {
        return new CaseRoster(cases.stream()
                .map(each -> new Entry(each.patient(), each.id(), each.target(), each.truth()))
                .toList());
    }

    /** SHA-256 of the cases in their order. */
    String digest() {
        return Sha256.hex(cases.stream()
                .map(each -> String.join("\t", each.patient, each.id, each.target, String.valueOf(each.truth)))
                .collect(Collectors.joining("\n")));
    }

    /** The cases with what a trial measured on them. */
    List<CaseOutcome> with(CaseAnswers answers) {
        return IntStream.range(0, cases.size())
                .mapToObj(i -> {
                    Entry entry = cases.get(i);
                    return new CaseOutcome(
                            entry.patient(),
                            entry.id(),
                            entry.target(),
                            answers.values()[i],
                            entry.truth(),
                            answers.called(i));
                })
                .toList();
    }
}
