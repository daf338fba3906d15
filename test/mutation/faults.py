# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Deliberate faults in the tool. Each is one replacement of a text that occurs
# exactly once in its file, and names the behaviour tests that are run first:
# those that should notice. Faults of one file stand together, so that little
# is rebuilt between them.

from collections import namedtuple

Fault = namedtuple("Fault", "name file old new tests")

FAULTS = [
    # Emit: the code that unwinds.
    Fault(
        "a destructor call is dropped",
        "lib/Emit/FrameWriter.cpp",
        'storageOf(F, Layout, Id) + ".destroy(); break;"',
        '"break;"',
        ["locals/lifetimes.cpp"],
    ),
    Fault(
        "parameters are never destroyed",
        "lib/Emit/FrameWriter.cpp",
        "weft_alive = 0; weft_parameters.destroy(); break;",
        "weft_alive = 0; break;",
        ["parameters/kinds.cpp"],
    ),
    Fault(
        "the index of what lies below an object is lost",
        "lib/Emit/FrameWriter.cpp",
        'std::to_string(V.Outer) + "; "',
        'std::to_string(0) + "; "',
        ["locals/lifetimes.cpp"],
    ),
    # Emit: the body.
    Fault(
        "a single object at a scope's end is not destroyed",
        "lib/Emit/BodyWriter.cpp",
        'storageOf(F, Layout, Id) + ".destroy();"',
        '";"',
        ["locals/lifetimes.cpp"],
    ),
    Fault(
        "the alive index is not set after a construction",
        "lib/Emit/BodyWriter.cpp",
        'Text += " weft_alive = " + std::to_string(V.Alive) + ";";',
        ";",
        ["locals/lifetimes.cpp"],
    ),
    Fault(
        "labels are swapped in the dispatch",
        "lib/Emit/BodyWriter.cpp",
        "std::to_string(Found[I].first)",
        "std::to_string(Found[Found.size() - 1 - I].first)",
        ["control/branches.cpp"],
    ),
    Fault(
        "raised exceptions are not looked for after a pause",
        "lib/Emit/BodyWriter.cpp",
        'Out.write(member("weft_resumed") + "();", N.Text.Line);',
        "",
        ["exceptions/try-body.cpp"],
    ),
    Fault(
        "the unwinder of a try block spares one object",
        "lib/Emit/BodyWriter.cpp",
        "                    std::to_string(N.Level) + \");\",",
        "                    std::to_string(N.Level + 1) + \");\",",
        ["exceptions/try-body.cpp", "exceptions/leaving-try.cpp"],
    ),
    Fault(
        "break does not unwind",
        "lib/Emit/BodyWriter.cpp",
        "if (N.From > N.Level)",
        "if (N.From > N.Level && N.Exits[0].What != Exit::Kind::Break)",
        ["bare/objects.cpp"],
    ),
    Fault(
        "the end of a scope spares one object",
        "lib/Emit/BodyWriter.cpp",
        "unwind(N.From, N.Level, Line);\n      break;",
        "unwind(N.From, N.Level + 1, Line);\n      break;",
        ["locals/lifetimes.cpp", "control/loops.cpp"],
    ),
    Fault(
        "a resumed try block is entered at the same pause again",
        "lib/Emit/BodyWriter.cpp",
        'if (InBarrier)\n      Out.write("weft_at = 0;"',
        'if (false)\n      Out.write("weft_at = 0;"',
        ["exceptions/try-body.cpp", "exceptions/pause-in-handler.cpp"],
    ),
    Fault(
        "constness is lost",
        "lib/Emit/BodyWriter.cpp",
        'Out.write("const auto& " + V.Name + " = " + V.Stored',
        'Out.write("auto& " + V.Name + " = " + V.Stored',
        ["locals/const-chooses-overload.cpp"],
    ),
    # Layout: what crosses, and what overlaps.
    Fault(
        "crossing ignores the back edges of loops",
        "lib/Layout/Crossing.cpp",
        "unsigned Body = build(N.Body, Head);",
        "unsigned Body = build(N.Body, Next);",
        ["control/loops.cpp"],
    ),
    Fault(
        "crossing ignores escaped variables",
        "lib/Layout/Crossing.cpp",
        "if (F.Variables[Id].Escapes || F.Variables[Id].HasDestructor)",
        "if (F.Variables[Id].HasDestructor)",
        ["locals/addresses.cpp", "locals/references.cpp"],
    ),
    Fault(
        "crossing ignores goto",
        "lib/Layout/Crossing.cpp",
        "Places[From].Next.push_back(It->second);",
        "(void)From;",
        ["control/goto-carries-values.cpp"],
    ),
    Fault(
        "crossing ignores the ways into handlers",
        "lib/Layout/Crossing.cpp",
        "for (unsigned Handler : Handlers.back())\n        Places.back()",
        "for (unsigned Handler : std::vector<unsigned>())\n        Places.back()",
        ["exceptions/handler-reads-values.cpp"],
    ),
    Fault(
        "a scope overlaps the one around it",
        "lib/Layout/FrameLayout.cpp",
        "if (F.Scopes[Each].Parent != Scope)",
        "if (Scope != 0)",
        ["control/loops.cpp", "locals/same-names.cpp"],
    ),
    Fault(
        "a crossing variable stays on the stack",
        "lib/Layout/FrameLayout.cpp",
        "Crosses.crosses(Id) ||",
        "",
        ["control/loops.cpp"],
    ),
    # Lowering.
    Fault(
        "break leaves what its loop made",
        "lib/Lowering/Statements.cpp",
        'jump({Exit::Kind::Break, ""}, Breaks.empty() ? 0 : Breaks.back().Level,',
        'jump({Exit::Kind::Break, ""}, Alive,',
        ["bare/objects.cpp"],
    ),
    Fault(
        "the left operand is evaluated after the pause",
        "lib/Lowering/Expressions.cpp",
        "} else if (LeftFirst && mustSplit(Right) &&",
        "} else if (false && mustSplit(Right) &&",
        ["suspension/left-before-right.cpp"],
    ),
    Fault(
        "a name stands where its value was taken before the pause",
        "lib/Support/SourceText.cpp",
        "Replaced[Begin].push_back({End, std::move(Text), true});",
        "Replaced[Begin].push_back({End, std::move(Text), false});",
        ["fibers/reads.cpp"],
    ),
    Fault(
        "a template's operand is read after the pause",
        "lib/Lowering/Expressions.cpp",
        "if (isStable(E) && !isUnseenUse(E))",
        "if (isStable(E))",
        ["fibers/template-reads.cpp"],
    ),
    Fault(
        "temporaries of a yield end before the pause",
        "lib/Lowering/Yields.cpp",
        "llvm::SaveAndRestore<bool> Keep(KeepTemporaries, true);\n"
        "  llvm::SaveAndRestore<bool> Trivial(KeepTrivialTemporaries,\n",
        "llvm::SaveAndRestore<bool> Keep(KeepTemporaries, false);\n"
        "  llvm::SaveAndRestore<bool> Trivial(KeepTrivialTemporaries,\n",
        ["suspension/temporaries.cpp", "suspension/yielded-values.cpp"],
    ),
    # Fibers: which calls suspend.
    Fault(
        "a lambda in a template is another in each instantiation",
        "lib/Analysis/Suspension.cpp",
        "  if (unsigned Place = placeOfLambda(Function))\n    Lambdas.insert(Place);",
        "",
        ["fibers/generic-lambdas.cpp"],
    ),
    Fault(
        "the instantiations of generic lambdas are not looked into",
        "lib/Analysis/Instances.cpp",
        "        TraverseDecl(Each);\n",
        "",
        ["fibers/generic-lambdas.cpp", "fibers/templates.cpp"],
    ),
    Fault(
        "the instantiations do not tell what a generic lambda returns",
        "lib/Analysis/FiberRules.cpp",
        "    Result = Next;\n  }",
        "  }",
        ["fibers/generic-lambdas.cpp"],
    ),
    # Fibers: calls and waits.
    Fault(
        "operands kept in variables do not count as used",
        "lib/Lowering/Edits.cpp",
        "if (S && Text.isWithin(Where, S->getSourceRange()) && ",
        "if (!S && Text.isWithin(Where, S->getSourceRange()) && ",
        ["fibers/expressions.cpp", "fibers/operators.cpp"],
    ),
    Fault(
        "an assignment evaluates its left operand first",
        "lib/Lowering/Calls.cpp",
        "const bool RightFirst = C.Operator && ",
        "const bool RightFirst = false && ",
        ["fibers/operators.cpp"],
    ),
    Fault(
        "what a member is called on is evaluated after the arguments",
        "lib/Lowering/Calls.cpp",
        "(!Each.P && Pauses && ",
        "(!Each.P && !Pauses && ",
        ["fibers/members.cpp", "fibers/expressions.cpp"],
    ),
    Fault(
        "the callee's parameters are not destroyed",
        "lib/Lowering/Calls.cpp",
        "    keepAlive(Id);\n    Out.push_back(std::move(N));",
        "    Out.push_back(std::move(N));",
        ["fibers/calls.cpp"],
    ),
    Fault(
        "a result outlives its full-expression",
        "lib/Lowering/Calls.cpp",
        "  if (Result.Id && !Target)\n    beginLife(*Result.Id, Line, Out);\n",
        "",
        ["fibers/calls.cpp", "fibers/expressions.cpp"],
    ),
    Fault(
        "a result that the callee constructed is forgotten",
        "lib/Lowering/Returns.cpp",
        'return member("weft_returned") + "();";',
        'return ";";',
        ["fibers/result-overtaken.cpp"],
    ),
    Fault(
        "an object by value moves to the callee",
        "lib/Lowering/EntryName.cpp",
        "? Passing::AsDeclared\n                                                         : Passing::ByReference;",
        "? Passing::AsDeclared\n                                                         : Passing::AsDeclared;",
        ["fibers/calls.cpp"],
    ),
    Fault(
        "an awaiter is not destroyed",
        "lib/Lowering/Waits.cpp",
        "  keepAlive(Id);\n  Out.push_back(std::move(Make));",
        "  Out.push_back(std::move(Make));",
        ["fibers/awaitables.cpp"],
    ),
    Fault(
        "what an awaiter refers to ends before the wait",
        "lib/Lowering/Waits.cpp",
        "llvm::SaveAndRestore<bool> Keep(KeepTemporaries, true);",
        "llvm::SaveAndRestore<bool> Keep(KeepTemporaries, false);",
        ["fibers/awaitables.cpp", "fibers/channels.cpp"],
    ),
    Fault(
        "what a call in a template is given outlives its full-expression",
        "lib/Lowering/DependentOperands.cpp",
        "  keepAlive(Id);\n  Out.push_back(std::move(N));\n  Uses.push_back(Id);",
        "  Out.push_back(std::move(N));\n  Uses.push_back(Id);",
        ["fibers/templates.cpp", "fibers/generic-lambdas.cpp"],
    ),
    # Fibers: the runtime.
    Fault(
        "a frame that pauses is not linked to its caller's",
        "runtime/include/weft/activation.h",
        "    callee->weft_caller = this;\n",
        "    callee->weft_caller = nullptr;\n",
        ["fibers/calls.cpp"],
    ),
    Fault(
        "an exception overtakes a result, which stays",
        "runtime/include/weft/activation.h",
        "      frame.weft_drop_result();\n",
        "",
        ["fibers/result-overtaken.cpp"],
    ),
    Fault(
        "an exception is lost between two frames",
        "runtime/src/scheduler.cpp",
        "  frame->weft_flags |= activation::weft_raised;",
        "  frame->weft_flags |= 0;",
        ["fibers/calls.cpp"],
    ),
    Fault(
        "a cancelled fiber goes on",
        "runtime/src/scheduler.cpp",
        "    f.leaf->weft_flags |= activation::weft_raised;",
        "    f.leaf->weft_flags |= 0;",
        ["fibers/calls.cpp"],
    ),
]
