using System.CommandLine;
using System.Globalization;
using Postern.Licensing;

namespace Postern.Cli.Licenses;

/// <summary><c>license authority</c>, <c>license sign</c>, <c>license show</c>: what a vendor of licences needs on one machine. None of them touches an installation.</summary>
static class VendorCommands
{
    public static IReadOnlyList<Command> All(TimeProvider clock) => [Authority(clock), Sign(clock), Show()];

    static Command Authority(TimeProvider clock)
    {
        var file = new Argument<FileInfo>("file") { Description = "Where the authority goes. It holds the private key that signs licenses: keep it secret. Its root, which builds of the product trust, goes beside it as .root.pem." };
        var vendor = new Option<string>("--vendor") { Description = "Name in the certificates.", DefaultValueFactory = _ => "Postern" };
        var command = new Command("authority", "Make a new authority.") { file, vendor };
        command.SetAction(async (parsed, cancellation) =>
        {
            var target = parsed.GetRequiredValue(file);
            if (target.Exists)
                return Exit.Refuse($"{target.FullName} exists. An authority is not written over another.");
            using var authority = LicenseAuthority.Create(parsed.GetRequiredValue(vendor), clock.GetUtcNow());
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using (var writer = new StreamWriter(target.FullName, options))
                await writer.WriteAsync(authority.Write().AsMemory(), cancellation);
            var root = Path.ChangeExtension(target.FullName, ".root.pem");
            await File.WriteAllTextAsync(root, authority.Root.ExportCertificatePem() + "\n", cancellation);
            Console.WriteLine($"Signs: {target.FullName}\nTo build in: {root}");
            return Exit.Done;
        });
        return command;
    }

    static Command Sign(TimeProvider clock)
    {
        var file = new Option<FileInfo?>("--authority") { Description = "The authority's file. Left out, development builds use the development authority." };
        var install = new Option<Guid>("--install-id") { Description = "Install ID of the installation, from its Licenses page.", Required = true };
        var name = new Option<string>("--name") { Description = "What its owner calls it.", DefaultValueFactory = _ => "License" };
        var users = new Option<long>("--internal-users") { Description = "Active internal users.", Required = true };
        var externals = new Option<long>("--external-users") { Description = "Active external users.", DefaultValueFactory = _ => 0 };
        var days = new Option<int>("--days") { Description = "Days from now.", DefaultValueFactory = _ => 365 };
        var flags = new Option<LicenseFlag[]>("--flag") { Description = "Trial, NonProduction." };
        var command = new Command("sign", "Sign a license and print its key.") { file, install, name, users, externals, days, flags };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(file);
            using var authority = path is null ? TrustedRoots.DevelopmentAuthority() : LicenseAuthority.Read(await File.ReadAllTextAsync(path.FullName, cancellation));
            if (authority is null)
                return Exit.Refuse("Name the authority's file with --authority.");
            if (parsed.GetValue(users) < 0 || parsed.GetValue(externals) < 0)
                return Exit.Refuse("Numbers of users are not negative.");
            var now = clock.GetUtcNow();
            Console.WriteLine(authority.Signer.Sign(new LicenseDocument
            {
                Audience = LicenseAudience.Of(parsed.GetRequiredValue(install)),
                IssuedAt = now.ToUnixTimeSeconds(),
                ExpiresAt = now.AddDays(parsed.GetValue(days)).ToUnixTimeSeconds(),
                Id = Guid.NewGuid(),
                Name = parsed.GetRequiredValue(name),
                InternalUsers = parsed.GetValue(users),
                ExternalUsers = parsed.GetValue(externals),
                Flags = parsed.GetValue(flags) ?? [],
            }));
            return Exit.Done;
        });
        return command;
    }

    static Command Show()
    {
        var install = new Option<Guid>("--install-id") { Description = "The installation it is for.", Required = true };
        var command = new Command("show", "Verify a key from standard input as an installation would, and print what it says.") { install };
        command.SetAction(async (parsed, cancellation) =>
        {
            var read = new LicenseVerifier(TrustedRoots.All).Verify(await Console.In.ReadToEndAsync(cancellation), parsed.GetRequiredValue(install));
            if (!read.Succeeded(out var document, out var fault))
                return Exit.Refuse(fault.Message);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{document.Name}: {document.InternalUsers} internal, {document.ExternalUsers} external users, until {DateTimeOffset.FromUnixTimeSeconds(document.ExpiresAt):yyyy-MM-dd HH:mm} UTC"));
            return Exit.Done;
        });
        return command;
    }
}
