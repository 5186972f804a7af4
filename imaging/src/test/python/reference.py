"""Independent references for the tests of imaging: counts by pandas, run-lengths by the usual numpy loops, DICOM by pydicom, pictures by Pillow.

usage: reference.py COMMAND ARGUMENT...; each prints lines that the tests compare with.
"""

import io
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

FIVE = ["Atelectasis", "Cardiomegaly", "Consolidation", "Edema", "Pleural Effusion"]


def relative_to_mask(rle, width, height):
    """The decoder that SIIM-ACR published with its challenge (mask_functions.py), kept in its own words."""
    mask = np.zeros(width * height)
    array = np.asarray([int(x) for x in rle.split()])
    starts = array[0::2]
    lengths = array[1::2]
    current_position = 0
    for index, start in enumerate(starts):
        current_position += start
        mask[current_position:current_position + lengths[index]] = 255
        current_position += lengths[index]
    return mask.reshape(width, height).T


def absolute_to_mask(rle, width, height):
    mask = np.zeros(width * height, dtype=np.uint8)
    numbers = [int(x) for x in rle.split()]
    for start, length in zip(numbers[0::2], numbers[1::2]):
        mask[start - 1:start - 1 + length] = 1
    return mask.reshape(height, width)


def moments(mask):
    """Area, sum of columns, sum of rows: enough to tell masks and their mirror images apart."""
    inside = np.flatnonzero(mask)
    width = mask.shape[1]
    return f"{len(inside)} {(inside % width).sum()} {(inside // width).sum()}"


def chexpert(path):
    table = pd.read_csv(path)
    frontal = table[table["Frontal/Lateral"] == "Frontal"]
    print("rows", len(table))
    print("patients", table.Path.str.extract(r"(patient\d+)")[0].nunique())
    print("frontal", len(frontal))
    for view, count in frontal["AP/PA"].value_counts().items():
        print("view", view, count)
    for positives, count in (frontal[FIVE] == 1).sum(axis=1).value_counts().items():
        print("positives", positives, count)
    for name in FIVE:
        print("class", name.replace(" ", "-").lower(), (frontal[name] == 1).sum(), (frontal[name] == -1).sum())


def siim(path):
    table = pd.read_csv(path)
    table.columns = [name.strip() for name in table.columns]
    for image, rows in table.groupby("ImageId"):
        texts = [text for text in rows.EncodedPixels.str.strip() if text != "-1"]
        if texts:
            mask = np.zeros((1024, 1024), dtype=bool)
            for text in texts:
                mask |= relative_to_mask(text, 1024, 1024) > 0
            print(image, moments(mask))
        else:
            print(image, "0 0 0")


def rsna(path):
    table = pd.read_csv(path)
    for image, rows in table.groupby("patientId"):
        positive = rows[rows.Target == 1]
        if len(positive):
            mask = np.zeros((1024, 1024), dtype=bool)
            for box in positive.itertuples():
                mask[int(box.y):int(box.y + box.height), int(box.x):int(box.x + box.width)] = True
            print(image, moments(mask))
        else:
            print(image, "0 0 0")


def chexmask(path):
    for row in pd.read_csv(path).itertuples(index=False, name=None):
        width, height = int(row[8]), int(row[7])
        masks = [moments(absolute_to_mask(text, width, height)) for text in row[4:7]]
        print(row[0].removesuffix(".jpg"), *masks)


def npz(path):
    arrays = np.load(path)
    seen = {}
    for split in ("train", "val", "test"):
        images = arrays[f"{split}_images"]
        labels = arrays[f"{split}_labels"].ravel()
        digests = [image.tobytes() for image in images]
        print(split, len(images), int(labels.sum()), int(images.sum(dtype=np.int64)), len(digests) - len(set(digests)))
        seen[split] = set(digests)
    print("across", sum(image.tobytes() in seen["train"] for image in arrays["val_images"]),
          sum(image.tobytes() in seen["train"] | seen["val"] for image in arrays["test_images"]))


def pixels(path):
    """An image's grey levels in hexadecimal, by Pillow."""
    print(np.asarray(Image.open(path).convert("L")).tobytes().hex())


def resized(path, *sizes):
    """An image at other sizes: BOX where the side shrinks by a whole number, BILINEAR elsewhere."""
    image = Image.open(path)
    for size in map(int, sizes):
        kind = Image.Resampling.BOX if image.width % size == 0 else Image.Resampling.BILINEAR
        print(size, np.asarray(image.resize((size, size), kind)).tobytes().hex())


def dicom(folder):
    """Writes DICOM files of every kind that is read and prints what pydicom makes of them as 16-bit grey levels."""
    import pydicom
    from pydicom.data import get_testdata_file
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.encaps import encapsulate
    from pydicom.pixels import apply_modality_lut, apply_windowing
    from pydicom.uid import (
        UID, ExplicitVRLittleEndian, ImplicitVRLittleEndian, JPEG2000Lossless, JPEGBaseline8Bit, RLELossless)

    warnings.simplefilter("ignore")
    random = np.random.default_rng(20260106)

    def scene(bits, signed):
        y, x = np.mgrid[0:40, 0:56]
        values = (np.sin(x / 9) + np.cos(y / 7) + 2) / 4 * (2 ** bits - 1) * 0.9 + random.random((40, 56)) * 3
        return (values - (2 ** (bits - 1) if signed else 0)).astype("i2" if signed else "u2")

    def write(name, syntax, bits, signed=False, photometric="MONOCHROME2", **extra):
        array = scene(bits, signed)
        dataset = Dataset()
        dataset.file_meta = FileMetaDataset()
        dataset.file_meta.MediaStorageSOPClassUID = UID("1.2.840.10008.5.1.4.1.1.7")
        dataset.file_meta.MediaStorageSOPInstanceUID = UID("1.2.3")
        dataset.file_meta.TransferSyntaxUID = syntax
        dataset.SOPInstanceUID, dataset.PatientID, dataset.ViewPosition = "1.2.3", "P", "PA"
        dataset.Rows, dataset.Columns, dataset.SamplesPerPixel = 40, 56, 1
        dataset.PhotometricInterpretation = photometric
        dataset.BitsAllocated = 8 if bits <= 8 else 16
        dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = bits, bits - 1, int(signed)
        for key, value in extra.items():
            setattr(dataset, key, value)
        # A sequence of no defined length, which a parser has to step over.
        item = Dataset()
        item.CodeValue = "113100"
        item.is_undefined_length_sequence_item = True
        dataset.DeidentificationMethodCodeSequence = [item]
        dataset["DeidentificationMethodCodeSequence"].is_undefined_length = True
        stored = array.astype("u1") if bits <= 8 else array
        if syntax in (JPEG2000Lossless, JPEGBaseline8Bit):
            picture = Image.fromarray(stored.astype("u2") if bits > 8 else stored)
            buffer = io.BytesIO()
            if syntax == JPEG2000Lossless:
                picture.save(buffer, "JPEG2000", no_jp2=True, irreversible=False)
            else:
                picture.save(buffer, "JPEG", quality=95)
            dataset.PixelData = encapsulate([buffer.getvalue()])
            dataset["PixelData"].VR = "OB"
            dataset["PixelData"].is_undefined_length = True
            if syntax == JPEGBaseline8Bit:
                array = np.asarray(Image.open(io.BytesIO(buffer.getvalue())))
        else:
            dataset.PixelData = stored.tobytes()
            dataset["PixelData"].VR = "OB" if bits <= 8 else "OW"
            if syntax == RLELossless:
                dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
                dataset.compress(RLELossless, array if bits > 8 else stored, generate_instance_uid=False)
        file = Path(folder, name + ".dcm")
        dataset.save_as(file, enforce_file_format=True)
        report(name, file, array)

    def report(name, file, array):
        dataset = pydicom.dcmread(file)
        values = apply_modality_lut(array, dataset).astype("f8")
        if "WindowWidth" in dataset:
            windowed = apply_windowing(values.copy(), dataset)
            low, high = output_range(dataset)
            grey = (windowed - low) / (high - low)
        else:
            bits, signed = dataset.BitsStored, dataset.PixelRepresentation
            slope, intercept = float(dataset.get("RescaleSlope", 1)), float(dataset.get("RescaleIntercept", 0))
            low = (-(2 ** (bits - 1)) if signed else 0) * slope + intercept
            grey = (values - low) / ((2 ** bits - 1) * slope)
        if dataset.PhotometricInterpretation == "MONOCHROME1":
            grey = 1 - grey
        print(name, file, np.rint(np.clip(grey, 0, 1) * 65535).astype(">u2").tobytes().hex())

    def output_range(dataset):
        """What apply_windowing scales to: the range of the stored bits after the modality rescale."""
        bits, signed = dataset.BitsStored, dataset.PixelRepresentation
        low = -(2 ** (bits - 1)) if signed else 0
        high = low + 2 ** bits - 1
        slope, intercept = float(dataset.get("RescaleSlope", 1)), float(dataset.get("RescaleIntercept", 0))
        return low * slope + intercept, high * slope + intercept

    window = {"WindowCenter": [700, 900], "WindowWidth": [900, 100]}
    write("explicit-8", ExplicitVRLittleEndian, 8)
    write("implicit-8-inverted", ImplicitVRLittleEndian, 8, photometric="MONOCHROME1")
    write("explicit-12-window", ExplicitVRLittleEndian, 12, **window)
    write("implicit-12-rescaled-window", ImplicitVRLittleEndian, 12, RescaleSlope=2, RescaleIntercept=-100, **window)
    write("explicit-12-exact", ExplicitVRLittleEndian, 12, VOILUTFunction="LINEAR_EXACT", **window)
    write("explicit-12-sigmoid", ExplicitVRLittleEndian, 12, VOILUTFunction="SIGMOID", **window)
    write("explicit-12-inverted-window", ExplicitVRLittleEndian, 12, photometric="MONOCHROME1", **window)
    write("explicit-14-signed", ExplicitVRLittleEndian, 14, signed=True)
    write("implicit-16", ImplicitVRLittleEndian, 16)
    write("rle-8", RLELossless, 8)
    write("rle-12", RLELossless, 12)
    write("jpeg-8", JPEGBaseline8Bit, 8)
    write("jpeg2000-8", JPEG2000Lossless, 8)
    write("jpeg2000-16", JPEG2000Lossless, 16)
    for name in ("MR_small.dcm", "MR_small_RLE.dcm", "MR_small_implicit.dcm", "CT_small.dcm"):
        file = get_testdata_file(name)
        report("pydicom-" + name.removesuffix(".dcm"), file, pydicom.dcmread(file).pixel_array)
    # Signed; the same picture as MR_small, which needs no decoder.
    report("pydicom-MR_small_jp2klossless", get_testdata_file("MR_small_jp2klossless.dcm"),
           pydicom.dcmread(get_testdata_file("MR_small.dcm")).pixel_array)


def dicom_pixels(path):
    """A DICOM file's stored values by pydicom, in hexadecimal."""
    import pydicom

    print(pydicom.dcmread(path).pixel_array.astype("u1").tobytes().hex())


if __name__ == "__main__":
    {
        "chexpert": chexpert, "siim": siim, "rsna": rsna, "chexmask": chexmask, "npz": npz,
        "pixels": pixels, "resized": resized, "dicom": dicom, "dicom-pixels": dicom_pixels,
    }[sys.argv[1]](*sys.argv[2:])
