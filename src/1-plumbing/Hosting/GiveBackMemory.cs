using System.Runtime.InteropServices;

namespace Postern.Hosting;

/// <summary>
/// Gives memory back to the system when nothing happens: what the start and a busy hour left behind would stay until the next collection, which an idle program may never have.
/// </summary>
static partial class GiveBackMemory
{
    const long Worthwhile = 16 << 20;
    const long Quiet = 1 << 20;

    static readonly TimeSpan interval = TimeSpan.FromSeconds(2);

    public static async Task WhenIdleAsync(TimeProvider clock, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(interval, clock);
        var (before, collected) = (GC.GetTotalAllocatedBytes(), 0L);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            var now = GC.GetTotalAllocatedBytes();
            if (now - before < Quiet && now - collected > Worthwhile)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                _ = Trim(0);
                collected = now;
            }
            before = now;
        }
    }

    // What the compiler at run time used and freed stays with the C library until told so (malloc_trim(3)).
    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keep);
}
