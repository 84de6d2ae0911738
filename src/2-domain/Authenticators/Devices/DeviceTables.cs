using Microsoft.EntityFrameworkCore;
using Postern.Authenticators.Static;
using Postern.Storage;

namespace Postern.Authenticators.Devices;

/// <summary>What stands beside the devices in the database.</summary>
sealed class DeviceTables : ITables
{
    public void Configure(ModelBuilder model) => model.Entity<StaticCode>().ToTable("static_code").HasKey(c => new { c.DevicePk, c.Hash });
}
