package io.synthray.imaging.phantom;

import java.util.List;
import java.util.SortedMap;

/**
 * What is known about one phantom before it is rendered.
 *
 * @param index its place in the phantom's endless sequence, 0 or more
 * @param id for example {@code phantom-000017}
 * @param patientId for example {@code patient-000013}; of four successive images the first two show one patient
 * @param labels whether each {@link Finding} is present, by label
 * @param prompt the text prompt, with sides; see {@link FindingsPrompt}
 * @param findings the findings with their sides
 */
public record PhantomCase(
        long index,
        String id,
        String patientId,
        SortedMap<String, Boolean> labels,
        String prompt,
        List<LateralFinding> findings) {}
