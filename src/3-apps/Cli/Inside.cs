using Microsoft.Extensions.DependencyInjection;
using Postern.Enterprise.Licenses;
using Postern.Kernel;

namespace Postern.Cli;

/// <summary>Does work within the installation of this machine, on its database, whether or not its server runs. Answers the work's exit code, or another where there is no installation to be had.</summary>
public delegate Task<int> Inside(Func<IServiceProvider, Task<int>> work, CancellationToken cancellation);

static class InsideVerbs
{
    /// <summary>Work that an installation in read-only mode refuses.</summary>
    public static Task<int> WritingAsync(this Inside inside, Func<IServiceProvider, Task<int>> work, CancellationToken cancellation) => inside(
        async services => (await services.GetRequiredService<ReadLicenses>().GetAsync(cancellation)).IsReadOnly
            ? Exit.Refuse(new Fault.Forbidden("Request denied due to expired/invalid license."))
            : await work(services),
        cancellation);
}
