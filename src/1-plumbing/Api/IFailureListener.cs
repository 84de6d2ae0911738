using Microsoft.AspNetCore.Http;

namespace Postern.Api;

/// <summary>Hears of requests that failed by a bug or a broken dependency, after they were logged. It never fails itself.</summary>
public interface IFailureListener
{
    Task FailedAsync(HttpContext http, Exception error);
}
