using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Postern.Events.Chain;
using Postern.Kernel;

namespace Postern.Cli;

/// <summary><c>audit verify</c> and <c>audit export</c>: what an auditor needs of the event log.</summary>
public static class AuditCommand
{
    public static Command Create(Installation here) => new("audit", "Prove that the event log is what was written.") { Verify(here), Export(here) };

    static Command Verify(Installation here)
    {
        var anchor = new Option<FileInfo?>("--anchor") { Description = "Signature of an earlier export (.jws), kept elsewhere: the chain must still hold what it knew." };
        var command = new Command("verify", "Go through all seals and name the first place where an event was changed, deleted or inserted.") { anchor };
        command.SetAction((parsed, cancellation) => here.InsideAsync(
            async services =>
            {
                var known = parsed.GetValue(anchor) is { } file ? await File.ReadAllTextAsync(file.FullName, cancellation) : null;
                if (!(await services.GetRequiredService<VerifyAudit>().ExecuteAsync(known, cancellation)).Succeeded(out var report, out var fault))
                    return Refuse(fault.Message);
                var right = string.Create(CultureInfo.InvariantCulture, $"{report.Seals} seals with {report.Events} events are right; {report.Dropped} events of theirs expired or went with their person");
                if (report.Problem is { } problem)
                    return Refuse($"{problem}\nBefore that, {right}.");
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{right}. {report.Unsealed} events wait to be sealed."));
                return 0;
            },
            cancellation));
        return command;
    }

    static Command Export(Installation here)
    {
        var file = new Argument<FileInfo>("file") { Description = "Where the events go, one JSON object a line. The signature goes beside it as .jws." };
        var key = new Option<string?>("--key") { Description = "Name of the key pair that signs; the installation's own when left out." };
        var command = new Command("export", "Write all sealed events into a file, and a signature of it.") { file, key };
        command.SetAction((parsed, cancellation) => here.InsideAsync(
            async services =>
            {
                var path = parsed.GetRequiredValue(file).FullName;
                if (File.Exists(path) || File.Exists(path + ".jws"))
                    return Refuse($"{path} or its signature exists. An export is not written over another file.");
                Result<string> signature;
                await using (var target = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
                    signature = await services.GetRequiredService<ExportAudit>().ExecuteAsync(target, parsed.GetValue(key), cancellation);
                if (!signature.Succeeded(out var signed, out var fault))
                {
                    File.Delete(path);
                    return Refuse(fault.Message);
                }
                await File.WriteAllTextAsync(path + ".jws", signed + "\n", cancellation);
                Console.WriteLine($"Written: {path}\nSigned: {path}.jws. Keep a copy of it elsewhere: postern audit verify --anchor tells by it whether the chain was made anew.");
                return 0;
            },
            cancellation));
        return command;
    }

    static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 1;
    }
}
