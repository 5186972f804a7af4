package io.synthray.evaluator.comparison;

import io.synthray.evaluator.event.CaseOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * One trial's test cases, by target, patient and case.
 *
 * @param patientNames ascending
 * @param targetNames ascending
 * @param cases by target, patient, case
 */
record CaseTable(List<String> patientNames, List<String> targetNames, List<CaseOutcome> cases) {
    /**
     * Of one target, or of all.
     *
     * @param target null for all
     */
    static CaseTable of(List<CaseOutcome> all, String target) {
        List<CaseOutcome> cases = new ArrayList<>(all);
        cases.removeIf(each -> target != null && !each.target().equals(target));
        cases.sort(Comparator.comparing(CaseOutcome::target)
                .thenComparing(CaseOutcome::patient)
                .thenComparing(CaseOutcome::id));
        TreeSet<String> patients = new TreeSet<>();
        TreeSet<String> targets = new TreeSet<>();
        cases.forEach(each -> {
            patients.add(each.patient());
            targets.add(each.target());
        });
        return new CaseTable(List.copyOf(patients), List.copyOf(targets), cases);
    }

    int patients() {
        return patientNames.size();
    }

    int targets() {
        return targetNames.size();
    }

    boolean hasTheCasesOf(CaseTable other) {
        if (cases.size() != other.cases.size()) {
            return false;
        }
        for (int i = 0; i < cases.size(); i++) {
            CaseOutcome here = cases.get(i);
            CaseOutcome there = other.cases.get(i);
            if (!here.target().equals(there.target())
                    || !here.patient().equals(there.patient())
                    || !here.id().equals(there.id())
                    || !Objects.equals(here.truth(), there.truth())) {
                return false;
            }
        }
        return true;
    }
}
