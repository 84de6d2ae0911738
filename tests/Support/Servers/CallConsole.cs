using System.Text;

namespace Postern.Tests.Support.Servers;

/// <summary>
/// The console of one call in this process: what the call and all it starts write is kept here and nowhere else, so that verbs of the program can be
/// run side by side without a process, and a compilation, for each.
/// </summary>
public sealed class CallConsole : IDisposable
{
    static readonly AsyncLocal<CallConsole?> current = new();

    readonly StringWriter output = new();
    readonly StringWriter errors = new();
    readonly StringReader input;

    static CallConsole()
    {
        Console.SetOut(new Writer(Console.Out, static c => c.output));
        Console.SetError(new Writer(Console.Error, static c => c.errors));
        Console.SetIn(new Reader(Console.In));
    }

    CallConsole(string input) => this.input = new StringReader(input);

    public string Output => output.ToString();

    public string Errors => errors.ToString();

    /// <summary>From here on the caller has this console, until it returns.</summary>
    public static CallConsole Open(string input) => current.Value = new CallConsole(input);

    public void Dispose()
    {
        current.Value = null;
        input.Dispose();
        output.Dispose();
        errors.Dispose();
    }

    sealed class Writer(TextWriter otherwise, Func<CallConsole, TextWriter> of) : TextWriter
    {
        TextWriter Now => current.Value is { } console ? of(console) : otherwise;

        public override Encoding Encoding => otherwise.Encoding;

        public override void Write(char value) => Now.Write(value);

        public override void Write(string? value) => Now.Write(value);

        public override void Write(char[] buffer, int index, int count) => Now.Write(buffer, index, count);

        public override void Flush() => Now.Flush();
    }

    sealed class Reader(TextReader otherwise) : TextReader
    {
        TextReader Now => current.Value?.input ?? otherwise;

        public override int Peek() => Now.Peek();

        public override int Read() => Now.Read();

        public override int Read(char[] buffer, int index, int count) => Now.Read(buffer, index, count);
    }
}
