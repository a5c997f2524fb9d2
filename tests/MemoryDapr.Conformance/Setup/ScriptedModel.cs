using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.TestKit;

namespace MemoryDapr.Conformance.Setup;

/// <summary>The scripted model, told what to answer by its control interface, in which process it ever runs.</summary>
internal sealed class ScriptedModel : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly ScriptedModelServer? _own;

    private ScriptedModel(Uri url, ScriptedModelServer? own)
    {
        Url = url;
        _own = own;
        _http = new HttpClient { BaseAddress = url };
    }

    public Uri Url { get; }

    /// <summary>The one that answers there; a new one if none does.</summary>
    public static async Task<ScriptedModel> FindOrStartAsync(Uri? url)
    {
        if (url is not null && await AnswersAsync(url))
        {
            return new ScriptedModel(url, null);
        }

        ScriptedModelServer own = await ScriptedModelServer.StartAsync(url);
        return new ScriptedModel(own.Address, own);
    }

    /// <summary>Is the model, and nothing else, until the process is stopped.</summary>
    public static async Task ServeAsync(Uri url)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }

        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await using ScriptedModelServer server = await ScriptedModelServer.StartAsync(url);
        await Console.Out.WriteLineAsync($"The scripted model listens on {server.Address}");
        await stopped.Task;
    }

    /// <summary>Lets the rule hold while something is done.</summary>
    public async Task WhileAsync(ModelRule rule, Func<Task> action)
    {
        string id = await AddAsync(rule);
        try
        {
            await action();
        }
        finally
        {
            await RemoveAsync(id);
        }
    }

    /// <summary>Puts a rule in force.</summary>
    public async Task<string> AddAsync(ModelRule rule)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync("control/rules", rule);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).Text("id");
    }

    public async Task RemoveAsync(string id)
    {
        using HttpResponseMessage response = await _http.DeleteAsync($"control/rules/{id}");
        response.EnsureSuccessStatusCode();
    }

    /// <summary>How many calls a rule in force was for so far.</summary>
    public async Task<int> CountTakenAsync(string id) => (int)(await _http.GetFromJsonAsync<JsonElement>($"control/rules/{id}")).Number("count");

    /// <summary>How many calls had this text in them.</summary>
    public async Task<int> CountCallsAsync(string containing) =>
        (int)(await _http.GetFromJsonAsync<JsonElement>($"control/calls?containing={Uri.EscapeDataString(containing)}")).Number("count");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }
    }

    private static async Task<bool> AnswersAsync(Uri url)
    {
        using var http = new HttpClient { BaseAddress = url };
        try
        {
            using HttpResponseMessage response = await http.GetAsync("control/calls");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
