package io.synthray.producer.cli;

import picocli.CommandLine.IVersionProvider;

/** The version as the library's manifest has it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"synthray " + (version == null ? "(development build)" : version)};
    }
}
