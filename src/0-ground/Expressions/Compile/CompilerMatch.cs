namespace Postern.Expressions;

/// <summary>What a class pattern looks at: how many positional parts, and which attributes.</summary>
internal sealed record ClassPatternShape(int Positional, string[] Keywords);

internal sealed partial class Compiler
{
    private void CompileMatch(MatchStmt node)
    {
        var end = new Label();
        var subject = Temp();
        Compile(node.Subject);
        code.Emit(Opcode.StoreTemp, subject);
        foreach (var item in node.Cases)
        {
            var fail = new Label();
            var captures = new Dictionary<string, int>(StringComparer.Ordinal);
            CompilePattern(item.Pattern, subject, captures, fail);
            // Names are bound only when the whole pattern matched.
            foreach (var (name, slot) in captures)
            {
                code.Emit(Opcode.LoadTemp, slot);
                Store(name);
                Release(slot);
            }

            if (item.Guard is not null)
                CompileJump(item.Guard, jumpIf: false, fail);
            CompileAll(item.Body);
            code.Jump(Opcode.Jump, end);
            code.Mark(fail);
        }

        code.Mark(end);
        Release(subject);
    }

    private void CompilePattern(Pattern pattern, int value, Dictionary<string, int> captures, Label fail)
    {
        code.Position = pattern.Position;
        switch (pattern)
        {
            case ValuePattern p:
                code.Emit(Opcode.LoadTemp, value);
                Compile(p.Value);
                code.Emit(p.Value is ConstantExpr { Value: null or bool } ? Opcode.MatchIdentity : Opcode.Compare, (int)CompareOperator.Equal);
                code.Jump(Opcode.JumpIfFalse, fail);
                break;
            case CapturePattern p:
                if (p.Inner is not null)
                    CompilePattern(p.Inner, value, captures, fail);
                if (p.Name is not null)
                    Capture(p.Name, value, captures);
                break;
            case StarPattern p:
                if (p.Name is not null)
                    Capture(p.Name, value, captures);
                break;
            case SequencePattern p:
                CompileSequencePattern(p, value, captures, fail);
                break;
            case MappingPattern p:
                CompileMappingPattern(p, value, captures, fail);
                break;
            case ChoicePattern p:
                CompileChoice(p, value, captures, fail);
                break;
            case ClassPattern p:
                CompileClassPattern(p, value, captures, fail);
                break;
        }
    }

    private void Capture(string variable, int value, Dictionary<string, int> captures)
    {
        if (!captures.TryGetValue(variable, out var slot))
            captures[variable] = slot = Temp();
        code.Emit(Opcode.LoadTemp, value);
        code.Emit(Opcode.StoreTemp, slot);
    }

    private void CompileChoice(ChoicePattern node, int value, Dictionary<string, int> captures, Label fail)
    {
        var matched = new Label();
        for (var i = 0; i < node.Choices.Count; i++)
        {
            var last = i == node.Choices.Count - 1;
            var next = last ? fail : new Label();
            CompilePattern(node.Choices[i], value, captures, next);
            if (last)
                continue;
            code.Jump(Opcode.Jump, matched);
            code.Mark(next);
        }

        code.Mark(matched);
    }

    private void CompileSequencePattern(SequencePattern node, int value, Dictionary<string, int> captures, Label fail)
    {
        var star = -1;
        for (var i = 0; i < node.Items.Count; i++)
        {
            if (node.Items[i] is StarPattern)
                star = i;
        }

        var parts = Temp();
        code.Emit(Opcode.LoadTemp, value);
        code.Emit(Opcode.MatchSequence, parts, (node.Items.Count << 16) | (star + 1));
        code.Jump(Opcode.JumpIfFalse, fail);
        CompileParts(parts, node.Items, captures, fail);
    }

    private void CompileParts(int parts, IReadOnlyList<Pattern> items, Dictionary<string, int> captures, Label fail)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var item = Temp();
            code.Emit(Opcode.LoadTemp, parts);
            Constant((long)i);
            code.Emit(Opcode.LoadItem);
            code.Emit(Opcode.StoreTemp, item);
            CompilePattern(items[i], item, captures, fail);
        }
    }

    private void CompileMappingPattern(MappingPattern node, int value, Dictionary<string, int> captures, Label fail)
    {
        var parts = Temp();
        code.Emit(Opcode.LoadTemp, value);
        foreach (var (key, _) in node.Items)
            Compile(key);
        code.Emit(Opcode.BuildTuple, node.Items.Count);
        code.Emit(Opcode.MatchMapping, parts, node.Rest is null ? 0 : 1);
        code.Jump(Opcode.JumpIfFalse, fail);
        CompileParts(parts, node.Items.Select(i => i.Value).ToList(), captures, fail);
        if (node.Rest is null)
            return;
        var rest = Temp();
        code.Emit(Opcode.LoadTemp, parts);
        Constant((long)node.Items.Count);
        code.Emit(Opcode.LoadItem);
        code.Emit(Opcode.StoreTemp, rest);
        Capture(node.Rest, rest, captures);
    }

    private void CompileClassPattern(ClassPattern node, int value, Dictionary<string, int> captures, Label fail)
    {
        var parts = Temp();
        code.Emit(Opcode.LoadTemp, value);
        Compile(node.Type);
        var shape = new ClassPatternShape(node.Positional.Count, node.Keywords.Select(k => k.Name).ToArray());
        code.Emit(Opcode.MatchClass, parts, code.Constant(shape));
        code.Jump(Opcode.JumpIfFalse, fail);
        CompileParts(parts, node.Positional.Concat(node.Keywords.Select(k => k.Value)).ToList(), captures, fail);
    }
}
