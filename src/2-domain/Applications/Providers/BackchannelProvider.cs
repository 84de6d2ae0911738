using Microsoft.EntityFrameworkCore;
using Postern.Storage;

namespace Postern.Applications.Providers;

/// <summary>A provider that serves an application without people seeing it.</summary>
public sealed class BackchannelProvider
{
    public Guid ApplicationPk { get; set; }

    public int ProviderId { get; set; }
}

sealed class Tables : ITables
{
    public void Configure(ModelBuilder model)
    {
        var pair = model.Entity<BackchannelProvider>();
        pair.ToTable("application_backchannel_provider");
        pair.HasKey(p => new { p.ApplicationPk, p.ProviderId });
    }
}
