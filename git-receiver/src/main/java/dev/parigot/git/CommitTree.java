package dev.parigot.git;

import dev.parigot.pipeline.SourceTree;
import dev.parigot.problem.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The files of one commit. Used by one thread, while its reader is open. */
final class CommitTree implements SourceTree {
  private final ObjectReader objects;
  private final RevCommit commit;
  private final Map<String, ObjectId> blobs = new HashMap<>();

  CommitTree(ObjectReader objects, RevCommit commit) {
    this.objects = objects;
    this.commit = commit;
  }

  @Override
  public List<Entry> entries(int limit) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (TreeWalk walk = new TreeWalk(objects)) {
      walk.setRecursive(true);
      walk.addTree(commit.getTree());
      while (walk.next()) {
        if (entries.size() == limit) {
          throw Problem.user(
              413,
              "tree-too-large",
              "The commit has more than " + limit + " files.",
              "Leave out what is not deployed, such as dependencies and build folders.");
        }
        entries.add(entry(walk));
      }
    }
    return entries;
  }

  private Entry entry(TreeWalk walk) throws IOException {
    String path = walk.getPathString();
    FileMode mode = walk.getFileMode();
    if (mode.equals(FileMode.GITLINK)) {
      return new Entry(path, Kind.SUBMODULE, 0);
    }
    if (mode.equals(FileMode.SYMLINK)) {
      return new Entry(path, Kind.SYMLINK, 0);
    }
    ObjectId blob = walk.getObjectId(0);
    blobs.put(path, blob);
    return new Entry(path, Kind.FILE, objects.getObjectSize(blob, Constants.OBJ_BLOB));
  }

  @Override
  public byte[] read(Entry entry) throws IOException {
    ObjectId blob = blobs.get(entry.path());
    if (blob == null) {
      throw new FileNotFoundException(entry.path());
    }
    return objects.open(blob, Constants.OBJ_BLOB).getCachedBytes(Integer.MAX_VALUE);
  }

  @Override
  public String commit() {
    return commit.name();
  }
}
