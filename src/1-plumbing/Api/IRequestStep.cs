using Microsoft.AspNetCore.Builder;

namespace Postern.Api;

/// <summary>A slice's part of every request, before the doors (sign-in, brand).</summary>
public interface IRequestStep
{
    /// <summary>Lower comes first: 100 addresses and proxies, 200 sign-in, 300 brand, 400 protection of pages.</summary>
    int Order { get; }

    void Use(IApplicationBuilder app);
}
