package dev.parigot.wasm;

/**
 * Checks the types in a module: of values in functions and constant expressions, and between
 * segments and tables. What {@link WasmReader} reads and this passes is valid by the specification,
 * and the engine runs it.
 */
public final class WasmValidator {
  private final WasmModule module;
  private final TypeReader typeReader = new TypeReader();
  private final Locals locals = new Locals();
  private final Declarations declarations;
  private final Typing typing;
  private final InstructionWalker walker;

  private WasmValidator(WasmModule module) {
    this.module = module;
    declarations = new Declarations(module);
    typing = new Typing(declarations, locals);
    walker = new InstructionWalker((_, _, _) -> {}, typeReader, typing);
  }

  /**
   * Takes time in proportion to the size of the module.
   *
   * @param module as it was read: its structure and its indices are not looked at again
   * @throws MalformedWasm if it is not valid, with the first place that isn't
   */
  public static void validate(WasmModule module) {
    new WasmValidator(module).validate();
  }

  private void validate() {
    in(SectionId.GLOBAL, () -> module.globals().forEach(this::global));
    in(SectionId.ELEMENT, () -> module.elements().forEach(this::element));
    in(SectionId.DATA, () -> module.data().forEach(this::data));
    in(SectionId.CODE, this::functions);
  }

  private static void in(SectionId section, Runnable check) {
    try {
      check.run();
    } catch (MalformedWasm invalid) {
      throw invalid.in(section.title());
    }
  }

  private void global(Global global) {
    constant(global.initial(), global.type().value());
  }

  private void data(DataSegment segment) {
    if (segment.mode() instanceof DataSegment.Mode.Active active) {
      constant(active.at(), ValueType.values()[declarations.memory(active.memory())]);
    }
  }

  private void functions() {
    int index = declarations.importedFunctions();
    for (Function each : module.functions()) {
      try {
        function(each);
      } catch (MalformedWasm invalid) {
        throw invalid.within(FunctionNames.of(module).name(index));
      }
      index++;
    }
  }

  private void element(ElementSegment segment) {
    if (segment.mode() instanceof ElementSegment.Mode.Active active) {
      if (declarations.table(active.table()) != segment.type().ordinal()) {
        throw new MalformedWasm(
            active.at().offset().value(),
            "an element segment of " + segment.type() + " is for a table of another type");
      }
      constant(active.at(), ValueType.I32);
    }
    switch (segment.items()) {
      case ElementSegment.Items.Functions functions ->
          functions.indices().forEach(declarations::refer);
      case ElementSegment.Items.Expressions constants ->
          constants.expressions().forEach(each -> constant(each, segment.type()));
    }
  }

  private void constant(Expression expression, ValueType type) {
    typing.beginConstant(type);
    walker.walkConstant(new Input(expression.bytes(), expression.offset(), "expression"));
  }

  private void function(Function function) {
    Expression code = function.code();
    Input in = new Input(code.bytes(), code.offset(), "function");
    locals.read(in, typeReader);
    typing.beginFunction(function.type());
    walker.walk(in);
  }
}
