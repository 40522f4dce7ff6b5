package dev.asyncjob.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The folder with the three programs of the control plane. */
record Binaries(Path folder) {

  Path path(Binary binary) {
    return folder.resolve(binary.fileName());
  }

  List<Binary> missing() {
    return Arrays.stream(Binary.values())
        .filter(binary -> !Files.isExecutable(path(binary)))
        .toList();
  }

  String missingNames() {
    return missing().stream().map(Binary::fileName).collect(Collectors.joining(", "));
  }
}
