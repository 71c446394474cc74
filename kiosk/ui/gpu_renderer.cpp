#include "kiosk/ui/gpu_renderer.h"

#include <SDL.h>
#include <imgui.h>

#include <cstring>

namespace kiosk::ui {
namespace {

std::uint64_t hash_bytes(std::uint64_t h, const void* bytes, std::size_t size) {
  const auto* p = static_cast<const unsigned char*>(bytes);
  for (; size >= 8; p += 8, size -= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, p, 8);
    h = (h ^ word) * 0x9fb21c651e98df25ull;
    h ^= h >> 31;
  }
  for (; size > 0; ++p, --size) h = (h ^ *p) * 0x100000001b3ull;
  return h;
}

std::uint64_t hash_of(const ImDrawList& list, std::uint64_t seed) {
  seed = hash_bytes(seed, list.VtxBuffer.Data, static_cast<std::size_t>(list.VtxBuffer.size_in_bytes()));
  for (const ImDrawCmd& command : list.CmdBuffer) {
    seed = hash_bytes(seed, &command.ClipRect, sizeof command.ClipRect);
    seed = hash_bytes(seed, &command.ElemCount, sizeof command.ElemCount);
  }
  return seed;
}

}  // namespace

GpuRenderer::~GpuRenderer() { drop_textures(); }

void GpuRenderer::drop_textures() {
  for (SDL_Texture* texture : textures_) SDL_DestroyTexture(texture);
  textures_.clear();
  generation_ = last_frame_ = 0;
}

void GpuRenderer::upload(Atlas& atlas) {
  if (generation_ != atlas.generation()) {
    drop_textures();
    generation_ = atlas.generation();
    for (Atlas::Page& page : atlas.pages()) page.dirty_top = 0, page.dirty_bottom = kAtlasSide;
  }
  for (std::size_t i = 0; i < atlas.pages().size(); ++i) {
    Atlas::Page& page = atlas.pages()[i];
    if (i == textures_.size()) {
      SDL_Texture* texture =
          SDL_CreateTexture(renderer_, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STATIC, kAtlasSide, kAtlasSide);
      if (!texture) return;
      SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_BLEND);
      SDL_SetTextureScaleMode(texture, SDL_ScaleModeNearest);
      textures_.push_back(texture);
      page.dirty_top = 0;
      page.dirty_bottom = kAtlasSide;
    }
    if (page.dirty_top >= page.dirty_bottom) continue;
    const auto first = static_cast<std::size_t>(page.dirty_top) * kAtlasSide;
    const auto last = static_cast<std::size_t>(page.dirty_bottom) * kAtlasSide;
    rows_.resize(last - first);
    for (std::size_t t = first; t < last; ++t)
      rows_[t - first] = static_cast<std::uint32_t>(page.coverage[t]) << 24 | 0x00ffffffu;
    const SDL_Rect rect{0, page.dirty_top, kAtlasSide, page.dirty_bottom - page.dirty_top};
    SDL_UpdateTexture(textures_[i], &rect, rows_.data(), kAtlasSide * 4);
    page.dirty_top = page.dirty_bottom = 0;
  }
}

bool GpuRenderer::render(const ImDrawList& list, Atlas& atlas, bool force) {
  const std::uint64_t frame = hash_of(list, atlas.generation());
  if (frame == last_frame_ && !force) return false;
  upload(atlas);
  last_frame_ = frame;
  SDL_SetRenderDrawColor(renderer_, 0, 0, 0, 255);
  SDL_RenderClear(renderer_);
  for (const ImDrawCmd& command : list.CmdBuffer) {
    const std::size_t page = reinterpret_cast<std::uintptr_t>(command.GetTexID()) - 1;
    if (page >= textures_.size() || command.ElemCount == 0) continue;
    const SDL_Rect clip{static_cast<int>(command.ClipRect.x), static_cast<int>(command.ClipRect.y),
                        static_cast<int>(command.ClipRect.z - command.ClipRect.x),
                        static_cast<int>(command.ClipRect.w - command.ClipRect.y)};
    if (clip.w <= 0 || clip.h <= 0) continue;
    SDL_RenderSetClipRect(renderer_, &clip);
    const ImDrawVert* v = list.VtxBuffer.Data + command.VtxOffset;
    const int stride = static_cast<int>(sizeof(ImDrawVert));
    SDL_RenderGeometryRaw(renderer_, textures_[page], &v->pos.x, stride, reinterpret_cast<const SDL_Color*>(&v->col),
                          stride, &v->uv.x, stride, list.VtxBuffer.Size - static_cast<int>(command.VtxOffset),
                          list.IdxBuffer.Data + command.IdxOffset, static_cast<int>(command.ElemCount),
                          sizeof(ImDrawIdx));
  }
  SDL_RenderSetClipRect(renderer_, nullptr);
  SDL_RenderPresent(renderer_);
  return true;
}

}  // namespace kiosk::ui
