namespace Postern.Expressions;

/// <summary>Methods of generators, slices and exceptions.</summary>
internal static class GeneratorMethods
{
    public static void Declare()
    {
        Types.Generator
            .Method("send", "value, /", Send)
            .Method("close", "", Close);
        Types.Slice
            .Getter("start", v => ((SliceValue)v).Lower)
            .Getter("stop", v => ((SliceValue)v).Upper)
            .Getter("step", v => ((SliceValue)v).Step);
        ExceptionTypes.BaseException
            .Method("with_traceback", "tb, /", (_, a) => a[0])
            .Method("add_note", "note, /", (_, _) => null);
    }

    private static object? Send(Machine machine, ReadOnlySpan<object?> a)
    {
        var generator = (GeneratorValue)a[0]!;
        if (!generator.Started && a[1] is not null)
            throw TypeTable.TypeError("can't send non-None value to a just-started generator");
        generator.Send(a[1]);
        return generator.Next(machine, out var value) ? value : throw new ScriptException(ExceptionTypes.StopIteration);
    }

    private static object? Close(Machine machine, ReadOnlySpan<object?> a)
    {
        ((GeneratorValue)a[0]!).Finish();
        return null;
    }
}
