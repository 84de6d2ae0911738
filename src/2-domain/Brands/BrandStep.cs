using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Postern.Api;
using Postern.Api.Http;
using Postern.Kernel.Access;
using Postern.Storage.Snapshots;

namespace Postern.Brands;

/// <summary>Says which brand a request asks, before it is known who sent it.</summary>
sealed class BrandStep(Snapshot<BrandPicture> brands) : IRequestStep
{
    public int Order => 150;

    public void Use(IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (!http.Request.IsSameForEverybody() && await PictureAsync(http.RequestAborted) is { } picture)
        {
            var brand = picture.For(http.Request.Host.Host);
            http.Features.Set(new RequestBrand(new ObjectName(BrandKind.Kind.App, BrandKind.Kind.Model, brand.Pk.ToString("N"), BrandKind.Kind.NameOf(brand)), brand.Attributes));
        }
        await next(http);
    });

    // While the database is away the last one known will do: what cannot be answered then says so itself.
    async ValueTask<BrandPicture?> PictureAsync(CancellationToken cancellation)
    {
        try
        {
            return await brands.GetAsync(cancellation);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or TimeoutException)
        {
            return brands.Newest;
        }
    }
}
