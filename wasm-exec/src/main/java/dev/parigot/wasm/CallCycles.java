package dev.parigot.wasm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * The calls of a module by which a function can come to call itself: those between functions that
 * lead to each other. A call through a table may lead to every function that a table can hold.
 */
final class CallCycles {
  /** The node behind all calls through tables; functions are nodes by their indices. */
  private final int tables;

  private final int[] components;

  private CallCycles(int tables, int[] components) {
    this.tables = tables;
    this.components = components;
  }

  static CallCycles of(WasmModule module) {
    int imported = module.imported(ExternalKind.FUNCTION);
    int tables = imported + module.functions().size();
    List<BitSet> calls = new ArrayList<>();
    BitSet held = new BitSet();
    for (int i = 0; i < imported; i++) {
      calls.add(new BitSet());
    }
    for (Function each : module.functions()) {
      BitSet callees = new BitSet();
      calls.add(callees);
      each.walk((instruction, immediates, _) -> {
        switch (instruction.form()) {
          case CALL -> callees.set(immediates.index(IndexSpace.FUNCTION));
          case CALL_INDIRECT -> callees.set(tables);
          case REF_FUNC -> held.set(immediates.index(IndexSpace.FUNCTION));
          default -> {}
        }
      });
    }
    for (ElementSegment segment : module.elements()) {
      switch (segment.items()) {
        case ElementSegment.Items.Functions(List<Integer> indices) -> indices.forEach(held::set);
        // Which they are is not worth reading: few modules have any.
        case ElementSegment.Items.Expressions _ -> held.set(imported, tables);
      }
    }
    calls.add(held);
    return new CallCycles(tables, components(calls));
  }

  /** Whether a call of that function, or through a table, by that one can come back to it. */
  boolean has(int caller, int callee) {
    return components[caller] == components[callee];
  }

  /** The same of a call through a table. */
  boolean hasIndirect(int caller) {
    return components[caller] == components[tables];
  }

  /** Tarjan's, without recursion: the number of the component of each node. */
  private static int[] components(List<BitSet> edges) {
    int[] order = new int[edges.size()];
    int[] low = new int[edges.size()];
    int[] next = new int[edges.size()];
    int[] components = new int[edges.size()];
    Arrays.fill(components, -1);
    Deque<Integer> path = new ArrayDeque<>();
    Deque<Integer> open = new ArrayDeque<>();
    int count = 0;
    for (int root = 0; root < order.length; root++) {
      if (order[root] == 0) {
        path.push(root);
      }
      while (!path.isEmpty()) {
        int node = path.peek();
        if (order[node] == 0) {
          order[node] = low[node] = ++count;
          open.push(node);
        }
        int to = edges.get(node).nextSetBit(next[node]);
        if (to >= 0) {
          next[node] = to + 1;
          if (order[to] == 0) {
            path.push(to);
          } else if (components[to] < 0) {
            low[node] = Math.min(low[node], order[to]);
          }
          continue;
        }
        path.pop();
        if (!path.isEmpty()) {
          low[path.peek()] = Math.min(low[path.peek()], low[node]);
        }
        if (low[node] == order[node]) {
          int member;
          do {
            member = open.pop();
            components[member] = node;
          } while (member != node);
        }
      }
    }
    return components;
  }
}
