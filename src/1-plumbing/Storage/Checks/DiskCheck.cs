using System.Globalization;
using Postern.Kernel.Settings;

namespace Postern.Storage.Checks;

/// <summary>Space and rights of the data folder.</summary>
sealed class DiskCheck(HostSettings settings) : ICheck
{
    const long Gigabyte = 1 << 30;
    const UnixFileMode others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public string Name => "disk";

    public bool NeedsSchema => false;

    public Task<IReadOnlyList<Finding>> ExecuteAsync(CancellationToken cancellation)
    {
        var folder = Path.GetFullPath(settings.DataRoot);
        if (!System.IO.Directory.Exists(folder))
            return Task.FromResult<IReadOnlyList<Finding>>([Finding.Good($"There is no data folder {folder}; nothing needs it so far.")]);
        List<Finding> findings = [];
        var drive = new DriveInfo(folder);
        var seen = string.Create(CultureInfo.InvariantCulture, $"{(double)drive.AvailableFreeSpace / Gigabyte:0.0} GB are free at {folder}, {100.0 * drive.AvailableFreeSpace / drive.TotalSize:0} % of the disk.");
        if (drive.AvailableFreeSpace < Gigabyte / 4)
            findings.Add(Finding.Error(seen, "Make room: a database that cannot write stops."));
        else if (drive.AvailableFreeSpace < 2 * Gigabyte)
            findings.Add(Finding.Warning(seen, "Make room soon, or shorten the event retention under System > Settings."));
        if ((File.GetUnixFileMode(folder) & others) != UnixFileMode.None)
            findings.Add(Finding.Warning($"Everybody on this machine can enter {folder}.", $"chmod 700 {folder}"));
        return Task.FromResult<IReadOnlyList<Finding>>(findings.Count > 0 ? findings : [Finding.Good(seen)]);
    }
}
