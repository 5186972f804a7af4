package io.synthray.imaging.reader;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A kind of data set that can be read as it is downloaded. */
public enum DatasetKind {
    /** This project's own layout: index.csv, images/, masks/. */
    FOLDER("image folder", new FolderReader()),
    /** CheXpert (Irvin et al. 2019): train.csv, valid.csv, JPEG files. */
    CHEXPERT("CheXpert", new CheXpertReader(), Option.UNCERTAIN, Option.VIEWS, Option.FINDINGS),
    /** CANDID-PTX (Feng et al. 2021): Pneumothorax_reports.csv, chest_tube.csv, acute_rib_fracture.csv, DICOM files. */
    CANDID_PTX("CANDID-PTX", new CandidReader()),
    /** SIIM-ACR Pneumothorax Segmentation (2019): run-lengths in a CSV, DICOM files. */
    SIIM_ACR("SIIM-ACR Pneumothorax", new SiimReader()),
    /** RSNA Pneumonia Detection Challenge (2018), stage 2: boxes in a CSV, DICOM files. */
    RSNA_PNEUMONIA("RSNA Pneumonia", new RsnaReader(), Option.BOXES),
    /** JSRT (Shiraishi et al. 2000) with the masks of SCR (van Ginneken et al. 2006) in a folder a structure. */
    JSRT("JSRT with SCR masks", new JsrtReader()),
    /** MedMNIST (Yang et al. 2023): one .npz file. */
    MEDMNIST("MedMNIST", new MedMnistReader()),
    /** Any CSV with a column of file names. */
    TABLE("table", new TableReader(), Option.TABLE);

    private final String title;
    private final DatasetReader reader;
    private final Set<String> options;

    DatasetKind(String title, DatasetReader reader, Option... options) {
        this.title = title;
        this.reader = reader;
        this.options = new TreeSet<>();
        if (!(reader instanceof FolderReader)) {
            this.options.addAll(Option.COMMON.names());
        }
        for (Option option : options) {
            this.options.addAll(option.names());
        }
    }

    /** The word in study files and on the command line, for example {@code candid-ptx}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of a word. */
    public static Optional<DatasetKind> ofWord(String word) {
        for (DatasetKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The name for people. */
    public String title() {
        return title;
    }

    /** Names of the options that it takes; one that ends with a point is the beginning of several. */
    public Set<String> options() {
        return Set.copyOf(options);
    }

    DatasetReader reader() {
        return reader;
    }
}
