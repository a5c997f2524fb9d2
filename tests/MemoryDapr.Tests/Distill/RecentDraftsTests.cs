using System.Globalization;
using MemoryDapr.Distill;
using MemoryDapr.Tests.Stores;
using MemoryDapr.Types;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Distill;

public sealed class RecentDraftsTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly RecentDrafts _recent;
    private readonly MemoryItem[] _drafts = [Memories.Derived(MemoryKind.Episode, 0, "a cat sleeps")];

    public RecentDraftsTests() => _recent = new RecentDrafts(_clock);

    public void Dispose() => _recent.Dispose();

    [Fact]
    public void Take_WhatWasAdded_GivesItOnce()
    {
        _recent.Add("one", _drafts);

        _recent.Take("two").ShouldBeNull();
        _recent.Take("one").ShouldBeSameAs(_drafts);
        _recent.Take("one").ShouldBeNull();
    }

    [Fact]
    public void Take_AMinuteLater_FindsNothing()
    {
        _recent.Add("one", _drafts);
        _clock.Advance(TimeSpan.FromSeconds(40));
        _recent.Add("two", _drafts);

        _clock.Advance(TimeSpan.FromSeconds(30));

        _recent.Take("one").ShouldBeNull();
        _recent.Take("two").ShouldBeSameAs(_drafts);
    }

    [Fact]
    public void Add_NoRoom_KeepsThoseThatCameFirst()
    {
        for (int number = 0; number <= RecentDrafts.Capacity; number++)
        {
            _recent.Add(number.ToString(CultureInfo.InvariantCulture), _drafts);
        }

        _recent.Take("0").ShouldBeSameAs(_drafts);
        _recent.Take(RecentDrafts.Capacity.ToString(CultureInfo.InvariantCulture)).ShouldBeNull();
        _recent.Add("new", _drafts);
        _recent.Take("new").ShouldBeSameAs(_drafts);
    }
}
