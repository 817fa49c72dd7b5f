package dev.parigot.git;

import dev.parigot.app.Branch;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * A branch that a push makes, moves or deletes. Production comes last: what is refused before it
 * does not concern it, and all pushes take their turns in one order.
 */
record PushedBranch(Branch branch, ReceiveCommand command) implements Comparable<PushedBranch> {
  private static final Comparator<PushedBranch> ORDER =
      Comparator.comparing((PushedBranch pushed) -> pushed.branch.isProduction())
          .thenComparing(PushedBranch::branch);

  /** Those among the commands, in order; a 400 {@code Problem} if one can't be deployed. */
  static List<PushedBranch> in(List<ReceiveCommand> commands) {
    return commands.stream()
        .filter(command -> command.getRefName().startsWith(Constants.R_HEADS))
        .map(PushedBranch::of)
        .sorted()
        .toList();
  }

  private static PushedBranch of(ReceiveCommand command) {
    String name = command.getRefName().substring(Constants.R_HEADS.length());
    // What is there can be deleted, whatever it is called.
    boolean deleted = command.getType() == ReceiveCommand.Type.DELETE;
    return new PushedBranch(deleted ? new Branch(name) : Branch.of(name), command);
  }

  boolean isDeleted() {
    return command.getType() == ReceiveCommand.Type.DELETE;
  }

  @Override
  public int compareTo(PushedBranch other) {
    return ORDER.compare(this, other);
  }
}
