#include "kiosk/ui/software_renderer.h"

#include <imgui.h>

#include <algorithm>
#include <bit>
#include <cmath>

namespace kiosk::ui {
namespace {

constexpr int kTileWidth = 64, kTileHeight = 32;
constexpr std::size_t kMostRects = 24;  // more are drawn as one

std::uint64_t mixed(std::uint64_t h, std::uint64_t value) {
  h = (h ^ value) * 0x9fb21c651e98df25ull;
  return h ^ (h >> 29);
}

std::uint64_t bits(const ImVec2& v) {
  return static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(v.x)) << 32 | std::bit_cast<std::uint32_t>(v.y);
}

// `alpha` 0 .. 256 of `front` over `back`, red and blue in one multiplication.
inline std::uint32_t blend(std::uint32_t back, std::uint32_t front, std::uint32_t alpha) {
  const std::uint32_t rest = 256 - alpha;
  const std::uint32_t rb = ((back & 0xff00ff) * rest + (front & 0xff00ff) * alpha) >> 8;
  const std::uint32_t g = ((back & 0x00ff00) * rest + (front & 0x00ff00) * alpha) >> 8;
  return 0xff000000u | (rb & 0xff00ff) | (g & 0x00ff00);
}

inline std::uint32_t scale(std::uint32_t coverage, std::uint32_t alpha) {  // 0 .. 255 each, to 0 .. 256
  const std::uint32_t product = coverage * alpha;
  return (product + 128 + (product >> 8)) >> 8 == 255 ? 256 : (product + 128 + (product >> 8)) >> 8;
}

void fill_row(std::uint32_t* row, int count, std::uint32_t colour, std::uint32_t alpha) {
  if (alpha == 0) return;
  if (alpha == 256) {
    std::fill_n(row, count, 0xff000000u | colour);
    return;
  }
  for (int x = 0; x < count; ++x) row[x] = blend(row[x], colour, alpha);
}

void cover_row(std::uint32_t* row, const std::uint8_t* coverage, int count, std::uint32_t colour, std::uint32_t alpha) {
  for (int x = 0; x < count; ++x) {
    const std::uint32_t c = coverage[x];
    if (c == 0) continue;
    row[x] = blend(row[x], colour, scale(c, alpha));
  }
}

bool is_upright_quad(const ImDrawList& list, const ImDrawIdx* i, const ImDrawVert* v) {
  if (i + 6 > list.IdxBuffer.Data + list.IdxBuffer.Size) return false;
  const unsigned b = i[0];
  if (i[1] != b + 1 || i[2] != b + 2 || i[3] != b || i[4] != b + 2 || i[5] != b + 3) return false;
  return v[0].pos.x == v[3].pos.x && v[0].pos.y == v[1].pos.y;
}

}  // namespace

void SoftwareRenderer::resize(int width, int height) {
  width_ = width;
  height_ = height;
  columns_ = (width + kTileWidth - 1) / kTileWidth;
  rows_ = (height + kTileHeight - 1) / kTileHeight;
  pixels_.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0xff000000u);
  last_tiles_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), 0);
}

const std::vector<PixelRect>& SoftwareRenderer::render(const ImDrawList& list, const Atlas& atlas) {
  tiles_.assign(last_tiles_.size(), atlas.generation());
  decode(list, atlas);
  find_damage();
  for (const PixelRect& rect : damage_)
    for (const Quad& quad : quads_) draw(quad, rect);
  std::swap(tiles_, last_tiles_);
  return damage_;
}

void SoftwareRenderer::decode(const ImDrawList& list, const Atlas& atlas) {
  quads_.clear();
  for (const ImDrawCmd& command : list.CmdBuffer) {
    const std::size_t page = reinterpret_cast<std::uintptr_t>(command.GetTexID()) - 1;
    if (page >= atlas.pages().size()) continue;
    const ImVec4& clip = command.ClipRect;
    const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
    for (unsigned i = 0; i + 6 <= command.ElemCount; i += 6) {
      const ImDrawVert* v = list.VtxBuffer.Data + command.VtxOffset + index[i];
      if (!is_upright_quad(list, index + i, v)) continue;
      Quad q{};
      q.x0 = static_cast<int>(std::max(v[0].pos.x, clip.x));
      q.y0 = static_cast<int>(std::max(v[0].pos.y, clip.y));
      q.x1 = std::min(width_, static_cast<int>(std::min(v[2].pos.x, clip.z)));
      q.y1 = std::min(height_, static_cast<int>(std::min(v[2].pos.y, clip.w)));
      q.x0 = std::max(q.x0, 0);
      q.y0 = std::max(q.y0, 0);
      if (q.x0 >= q.x1 || q.y0 >= q.y1) continue;
      const float width = v[2].pos.x - v[0].pos.x, height = v[2].pos.y - v[0].pos.y;
      q.du = (v[2].uv.x - v[0].uv.x) * kAtlasSide / width;
      q.dv = (v[2].uv.y - v[0].uv.y) * kAtlasSide / height;
      q.u0 = v[0].uv.x * kAtlasSide + (static_cast<float>(q.x0) - v[0].pos.x + 0.5f) * q.du;
      q.v0 = v[0].uv.y * kAtlasSide + (static_cast<float>(q.y0) - v[0].pos.y + 0.5f) * q.dv;
      q.alpha = v[0].col >> IM_COL32_A_SHIFT & 255;
      q.colour = (v[0].col >> IM_COL32_R_SHIFT & 255) << 16 | (v[0].col >> IM_COL32_G_SHIFT & 255) << 8 |
                 (v[0].col >> IM_COL32_B_SHIFT & 255);
      q.page = atlas.pages()[page].coverage.data();
      q.solid = q.du == 0 && q.dv == 0;
      quads_.push_back(q);
      std::uint64_t hash = mixed(bits(v[0].pos), bits(v[2].pos));
      hash = mixed(mixed(hash, bits(v[0].uv)), bits(v[2].uv));
      hash = mixed(hash, static_cast<std::uint64_t>(v[0].col) << 8 | page);
      hash = mixed(hash, static_cast<std::uint64_t>(q.x0) << 32 | static_cast<std::uint64_t>(q.y0));
      hash_into_tiles(q, mixed(hash, static_cast<std::uint64_t>(q.x1) << 32 | static_cast<std::uint64_t>(q.y1)));
    }
  }
}

void SoftwareRenderer::hash_into_tiles(const Quad& q, std::uint64_t hash) {
  for (int row = q.y0 / kTileHeight; row <= (q.y1 - 1) / kTileHeight; ++row)
    for (int column = q.x0 / kTileWidth; column <= (q.x1 - 1) / kTileWidth; ++column) {
      std::uint64_t& tile = tiles_[static_cast<std::size_t>(row * columns_ + column)];
      tile = mixed(tile, hash);
    }
}

void SoftwareRenderer::find_damage() {
  damage_.clear();
  const auto changed = [this](int row, int column) {
    const auto at = static_cast<std::size_t>(row * columns_ + column);
    return tiles_[at] != last_tiles_[at];
  };
  for (int row = 0; row < rows_; ++row)
    for (int column = 0; column < columns_; ++column) {
      if (!changed(row, column)) continue;
      const int first = column;
      while (column + 1 < columns_ && changed(row, column + 1)) ++column;
      PixelRect run{first * kTileWidth, row * kTileHeight, 0, 0};
      run.width = std::min(width_, (column + 1) * kTileWidth) - run.x;
      run.height = std::min(height_, run.y + kTileHeight) - run.y;
      const auto above = std::find_if(damage_.begin(), damage_.end(), [&run](const PixelRect& r) {
        return r.x == run.x && r.width == run.width && r.y + r.height == run.y;
      });
      if (above != damage_.end())
        above->height += run.height;
      else
        damage_.push_back(run);
    }
  if (damage_.size() <= kMostRects) return;
  PixelRect all = damage_.front();
  for (const PixelRect& r : damage_) {
    const int right = std::max(all.x + all.width, r.x + r.width), bottom = std::max(all.y + all.height, r.y + r.height);
    all.x = std::min(all.x, r.x);
    all.y = std::min(all.y, r.y);
    all.width = right - all.x;
    all.height = bottom - all.y;
  }
  damage_.assign(1, all);
}

void SoftwareRenderer::draw(const Quad& q, const PixelRect& within) {
  const int x0 = std::max(q.x0, within.x), y0 = std::max(q.y0, within.y);
  const int x1 = std::min(q.x1, within.x + within.width), y1 = std::min(q.y1, within.y + within.height);
  if (x0 >= x1 || y0 >= y1) return;
  const int count = x1 - x0;
  const float u_start = q.u0 + static_cast<float>(x0 - q.x0) * q.du;
  for (int y = y0; y < y1; ++y) {
    std::uint32_t* row = pixels_.data() + static_cast<std::ptrdiff_t>(y) * width_ + x0;
    const int v = static_cast<int>(q.v0 + static_cast<float>(y - q.y0) * q.dv);
    const std::uint8_t* texels = q.page + static_cast<std::ptrdiff_t>(std::clamp(v, 0, kAtlasSide - 1)) * kAtlasSide;
    if (q.solid) {
      fill_row(row, count, q.colour, scale(255, q.alpha));
    } else if (q.du == 0) {
      fill_row(row, count, q.colour, scale(texels[static_cast<int>(u_start)], q.alpha));
    } else if (q.du == 1) {
      cover_row(row, texels + static_cast<int>(u_start), count, q.colour, q.alpha);
    } else {
      for (int x = 0; x < count; ++x) {
        const int u =
            std::clamp(static_cast<int>(std::floor(u_start + static_cast<float>(x) * q.du)), 0, kAtlasSide - 1);
        row[x] = blend(row[x], q.colour, scale(texels[u], q.alpha));
      }
    }
  }
}

}  // namespace kiosk::ui
